/* global navigator */
// uPlot formats numbers in the browser's language when it loads, and some browsers name a language that
// they do not know themselves ("en-US@posix", Chromium in the POSIX locale).
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en" });
}
