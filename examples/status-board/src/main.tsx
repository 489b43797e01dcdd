import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.js";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/overlays.css";
import "./styles/page.css";
import "./styles/agents.css";
import "./styles/reasons.css";
import "./styles/wall.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
