/*
 * What the parts of the page share: who there is, which chats are known, which phones lie there.
 */

export const state = {
  language: "zh",
  people: [],
  groups: [],
  chats: new Map(), // chat id -> Chat
  phones: [],
  botUp: true,
  outage: false,
  offset: "+00:00", // of the community's zone
  set: { clock: 0, at: 0 }, // the sandbox's clock (ms) when performance.now() was `at`
  journey: null, // {number, status, seq} of the newest card seen
};

export const phonesOn = (chatId) => state.phones.filter((phone) => phone.chatId === chatId);
export const personOf = (id) => state.people.find((person) => person.id === id);
export const groupOf = (id) => state.groups.find((group) => group.id === id);

/** The first who has this role and no other. */
export const holderOf = (role) =>
  state.people.find((person) => person.roles.length === 1 && person.roles[0] === role);
