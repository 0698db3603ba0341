// How Allure 3 renders a run. Started by countersign/reporting/allure/rendering.py, which gives results, output and title.

// Ends with the one who started it, also when that one is killed.
process.stdin.on("end", () => process.exit(143)).resume();
process.stdin.unref?.();

const charts = [
  { type: "currentStatus", title: "Scenarios of this run", metric: "passed" },
  { type: "statusDynamics", title: "This run and those before it", limit: 20 },
  { type: "testResultSeverities", title: "Musts (critical) and targets (normal)" },
  { type: "durations", title: "How long scenarios take", groupBy: "none" },
];

export default {
  name: "Countersign",
  historyPath: process.env.COUNTERSIGN_ALLURE_HISTORY,
  // Needed for grouping and the timeline, of no interest beside a scenario.
  hideLabels: ["parentSuite", "suite", "subSuite", "framework", "language", "host", "thread"],
  categories: {
    rules: [
      { name: "Refuted: the system does not do it", matchers: { statuses: ["failed"] }, expand: true },
      { name: "Broken: the suite could not finish", matchers: { statuses: ["broken"] }, expand: true },
      { name: "Not verified: could not be checked here", matchers: { statuses: ["skipped"] } },
      { name: "Not run: the run stopped before", matchers: { statuses: ["unknown"] } },
    ],
  },
  plugins: {
    awesome: {
      options: {
        singleFile: true,
        reportLanguage: "en",
        groupBy: ["epic", "feature", "story"],
        defaultSortBy: "status,asc",
        charts,
      },
    },
  },
};
