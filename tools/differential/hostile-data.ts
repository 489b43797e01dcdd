import type { EmulatorState } from "../../src/emulator/state.js";
import { emulatorAccountId, emulatorAgentIds, emulatorEmptyAccountId } from "../../src/emulator/seed/seed.js";

/** Texts that are hard to write as JSON, or to keep as they are. */
const texts = [
  'He said "no\\',
  "\ud800 alone",
  "alone \udfff",
  "👩‍👩‍👧‍👦",
  "\u2028\u2029",
  "\u0000\u001f\u007f",
  "</script><!--",
  "é and e\u0301",
  "\ufeff\u202e right to left",
  "__proto__",
  "9007199254740993",
  "",
];

/** Rows, and what is repeated in the text of each: so many that an answer is written in pieces. */
const manyRows = 200;
const longText = "long ".repeat(200);

/** Fills the emulator with data that nobody would call usual. */
export function addHostileData(state: EmulatorState): void {
  const main = state.account(emulatorAccountId);
  main.reasons.create(texts.map((text) => ({ text, state: "Away", enabled: true })));
  const states = ["Away", "Online", "Back Soon", "away", "LUNCHING", ""];
  main.reasons.create(
    states.map((odd, index) => ({ text: `odd state ${index}`, state: odd, enabled: false })),
  );
  const model = main.agents.get(emulatorAgentIds.atLunch);
  for (const [index, name] of texts.entries()) {
    main.agents.add({
      ...model,
      id: String(3_000_000_000 + index),
      name,
      nickname: name,
      group: { id: "7", name },
    });
  }
  state.account(emulatorEmptyAccountId).reasons.create(
    Array.from({ length: manyRows }, (_, index) => ({
      text: `${texts[index % texts.length] ?? ""} ${index} ${longText}`,
      state: "Away",
      enabled: index % 3 > 0,
    })),
  );
}
