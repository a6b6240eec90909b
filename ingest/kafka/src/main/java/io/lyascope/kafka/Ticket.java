package io.lyascope.kafka;

/** Says that a record need not come again. Any thread; saying it twice does nothing. */
interface Ticket {
  /** For records that are state and not work: nothing is committed for them. */
  Ticket NONE = () -> {};

  void done();
}
