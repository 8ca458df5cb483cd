// Command quickstart is a small support desk. It sorts a customer's mail into a typed ticket,
// writes the answer while you watch, and shows what the two calls took. The functions that it
// calls were generated from support/tickets.l0.yaml.
//
// With OPENAI_API_KEY set it calls OpenAI, or the server at OPENAI_BASE_URL. Without a key a
// simulated model server on this machine answers, and fails twice on purpose.
package main
