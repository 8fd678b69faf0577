/** In a process that loads this first, the Leave Management System is the one of this folder. */
import { register } from "node:module";

register("./stack-hooks.mjs", import.meta.url);
