//! One month of one child, whatever happens to it.

use proptest::prelude::*;
use yiwang_child::domain::entitlements::law::ledger::Month;
use yiwang_civic::money::Fen;

/// What happens to a month.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// The law gives another amount.
    Due(i64),
    /// What waits goes to the bank.
    Send,
    /// The bank pays.
    Pay,
    /// The bank sends it back.
    Return,
    /// Some of what was paid too much comes back.
    Recover(i64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0_i64..4).prop_map(|n| Event::Due(n * 40_000)),
        Just(Event::Send),
        Just(Event::Pay),
        Just(Event::Return),
        (1_i64..60_000).prop_map(Event::Recover),
    ]
}

fn happens(month: Month, event: Event) -> Month {
    let mut next = month;
    match event {
        Event::Due(fen) => next.due = Fen(fen),
        Event::Send => {
            next.sent.0 += next.unsent.0;
            next.unsent = Fen(0);
        }
        Event::Pay => {
            next.paid.0 += next.sent.0;
            next.sent = Fen(0);
        }
        Event::Return => {
            next.unsent.0 += next.sent.0;
            next.sent = Fen(0);
        }
        Event::Recover(fen) => {
            let part = fen.min(next.owed.0);
            next.owed.0 -= part;
            next.recovered.0 += part;
        }
    }
    next
}

proptest! {
    #[test]
    fn a_month_comes_out_right(events in prop::collection::vec(event(), 0..40)) {
        let mut month = Month::default();
        for one in events {
            month = happens(month, one);
            month = month.after(month.correct());
            prop_assert!(month.owed.0 >= 0 && month.unsent.0 >= 0);
            // A second look at the same month changes nothing.
            prop_assert!(month.correct().is_nothing(), "{month:?}");
            // What the child keeps in the end is never more than what is due, as far as nothing is
            // with the bank.
            let kept = month.paid.0 + month.unsent.0 - month.owed.0 - month.recovered.0;
            if month.sent.0 == 0 {
                prop_assert_eq!(kept, month.due.0, "{:?}", month);
            } else {
                prop_assert!(kept + month.sent.0 >= month.due.0, "{:?}", month);
            }
        }
    }
}
