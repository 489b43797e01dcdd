export { explainLoginRefusal } from "./login-refusal.js";
export { LoginProblem } from "./login.problem.js";
export { askPassword } from "./password.prompt.js";
