// Loaded before everything else: lets this process begin at a given moment, and be put forward later.
const Real = globalThis.Date;
const start = process.env.SEEDED_CLOCK;
let ahead = start ? Real.parse(start) - Real.now() : 0;
if (Number.isNaN(ahead)) {
  throw new Error(
    `SEEDED_CLOCK is no time: ${start}. Write it as 2026-11-21T08:00:00Z`,
  );
}

class ShiftedDate extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + ahead);
    else super(...parts);
  }

  static now() {
    return Real.now() + ahead;
  }
}

globalThis.Date = ShiftedDate;

/** Puts the clock of this process to a moment, from which it goes on. */
globalThis.setSeededClock = moment => {
  ahead = moment.getTime() - Real.now();
};
