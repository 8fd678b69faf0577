/** Type of the component that the gates judge, as `components/cutover.ts` registers it. */
export const cutoverType = "cutover:index:Cutover";
