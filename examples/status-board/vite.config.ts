import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // `localhost` may be ::1 alone, which a browser in a container then cannot reach.
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
