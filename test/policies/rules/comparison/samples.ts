/*
 * Figures that others have published with what R or a judge of canaries says of them, so that ours can be
 * held against theirs.
 */

/** Ozone at LaGuardia in May and in August 1973: R's `airquality`, without the days that have no value. */
export const ozoneInMay = [
  41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115,
  37,
];
export const ozoneInAugust = [
  39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118,
  84, 85,
];

/** Permeability of the placenta at term and earlier (Hollander and Wolfe), as R's help for `wilcox.test` has it. */
export const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
export const earlier = [1.15, 0.88, 0.9, 0.74, 1.21];

/** Metrics of canaries that Kayenta's tests for its Mann-Whitney classifier judge, to three decimals. */
export const aroundTen = [
  9.777, 10.587, 7.838, 9.324, 8.377, 8.936, 8.271, 9.748, 11.624, 9.275, 8.154, 10.562, 13.498,
  11.054, 6.954, 12.521, 9.022, 4.923, 11.251, 11.598, 8.435, 11.11, 10.701, 8.921, 10.086, 11.421,
  9.379, 7.798, 10.623, 11.91,
];
export const alsoAroundTen = [
  11.145, 9.962, 7.069, 7.301, 9.794, 9.604, 6.187, 12.346, 10.372, 8.609, 9.913, 10.361, 14.207,
  10.946, 10.216, 11.74, 10.908, 12.823, 8.102, 8.498, 12.113, 13.272, 10.115, 6.946, 6.211, 10.16,
  8.346, 8.384, 7.002, 10.756,
];
export const aroundTwenty = [
  20.878, 21.786, 19.708, 15.86, 19.51, 19.392, 22.927, 17.157, 18.655, 23.423, 24.056, 22.627,
  21.979, 21.659, 20.068, 22.12, 16.44, 21.56, 21.0, 17.779, 17.806, 18.537, 20.556, 19.553, 21.771,
  21.81, 20.962, 20.978, 19.106, 16.977,
];
export const alsoAroundTwenty = [
  20.758, 22.802, 20.612, 20.973, 23.469, 21.531, 21.767, 18.308, 19.062, 25.879, 18.983, 19.388,
  18.995, 24.228, 20.051, 18.234, 17.871, 23.058, 18.4, 16.971, 19.468, 17.905, 17.554, 16.105,
  24.382, 15.919, 20.479, 19.083, 17.456, 18.854,
];
