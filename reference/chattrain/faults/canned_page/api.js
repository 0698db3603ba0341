/** Stands in for /page/api.js in the fault page-canned: everything is built in, the system is never asked. */

export class ApiProblem extends Error {}

const SCENARIOS = [
  {
    id: 1,
    title: "Customer Service Support Training",
    config: {
      id: "customer_service_v1",
      description: "A customer cannot log in. Help them.",
      duration_minutes: 20,
      difficulty: "beginner",
      documents: [{}, {}],
    },
  },
  {
    id: 2,
    title: "Insurance Claim Handling Training",
    config: {
      id: "claim_handling_v1",
      description: "A customer had a car accident. Take the claim.",
      duration_minutes: 20,
      difficulty: "intermediate",
      documents: [{}, {}],
    },
  },
];

const TITLES = {
  customer_service_v1: ["Service Manual", "Troubleshooting Steps"],
  claim_handling_v1: ["Claim Guide", "Empathy Examples"],
};

export async function scenarios() {
  return SCENARIOS;
}

export async function startSession(scenarioId) {
  return { id: scenarioId, session_token: null, websocket_url: "/chat/1" };
}

export async function session() {
  return { summary: null, status: "active" };
}

export async function documents(scenario) {
  return TITLES[scenario].map((title) => ({ title, filename: title, extension: ".md", exists: true, can_serve: true, url: title }));
}

export async function documentText(url) {
  return { content: `# ${url}\n\nRead this before you answer the customer.`, mime_type: "text/markdown" };
}
