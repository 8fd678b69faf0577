import { access } from "./access.ts";

export const { backendUrl, secretsProvider, roles } = access();
