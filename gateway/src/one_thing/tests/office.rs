//! Every department and service in one: it keeps a ledger by idempotency key.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::one_thing::{
    course::{Class, Outcome, Phase, Reason},
    definition::Act,
    runner::{Order, Performer},
};

/// How the injected step goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// Not taken, three times.
    AwayForAWhile,
    /// Never taken.
    AwayForEver,
    /// Taken, and the answer is lost.
    AnswerLost,
    /// Nothing is known, and nothing was taken.
    NothingKnown,
    /// A final no to the first request; another one is granted.
    RefusedOnce,
    /// Every request is refused.
    Refused,
}

impl Failure {
    pub(super) const ALL: [Self; 6] = [
        Self::AwayForAWhile,
        Self::AwayForEver,
        Self::AnswerLost,
        Self::NothingKnown,
        Self::RefusedOnce,
        Self::Refused,
    ];
}

#[derive(Default)]
struct Ledger {
    /// Effects by key; a second one would be the mistake we look for.
    effects: BTreeMap<String, usize>,
    calls: BTreeMap<String, usize>,
    /// What each request was made from: the form, and what the steps before it gave.
    made_from: BTreeMap<String, Value>,
    /// Steps that went wrong, as (step, phase).
    failed: Vec<(&'static str, Phase)>,
}

/// The office.
pub(super) struct Office {
    ledger: Mutex<Ledger>,
    injected: Option<(&'static str, Phase, Failure)>,
    /// Every act is done twice at once.
    twice: bool,
    /// Owners may overlap, and one does not know what the other did.
    overlaps: bool,
}

impl Office {
    pub(super) fn good() -> Self {
        Self {
            ledger: Mutex::default(),
            injected: None,
            twice: false,
            overlaps: false,
        }
    }

    pub(super) fn overlapping() -> Self {
        Self {
            overlaps: true,
            ..Self::good()
        }
    }

    pub(super) fn twice() -> Self {
        Self {
            twice: true,
            overlaps: true,
            ..Self::good()
        }
    }

    pub(super) fn failing(step: &'static str, phase: Phase, failure: Failure) -> Self {
        Self {
            injected: Some((step, phase, failure)),
            ..Self::good()
        }
    }

    /// The first request of this step is refused.
    pub(super) fn refusing_once(self, step: &'static str) -> Self {
        Self {
            injected: Some((step, Phase::Do, Failure::RefusedOnce)),
            ..self
        }
    }

    /// How often the step took effect, over all its requests.
    pub(super) fn effects(&self, id: Uuid, step: &str, phase: Phase) -> usize {
        let prefix = format!("{id}.{step}");
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let of_step = ledger.effects.iter().filter(|(key, _)| {
            let rest = key.strip_prefix(&prefix);
            rest.is_some_and(|rest| {
                (rest.is_empty() || rest.starts_with('.'))
                    && rest.starts_with(".undo") == (phase == Phase::Undo)
            })
        });
        of_step.map(|(_, count)| count).sum()
    }

    /// The steps that went wrong, each once.
    pub(super) fn failed(&self) -> Vec<(&'static str, Phase)> {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let mut failed = ledger.failed.clone();
        failed.dedup();
        failed
    }

    fn act(&self, order: &Order<'_>) -> Outcome {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = ledger.calls.entry(order.key.clone()).or_default();
        *calls += 1;
        let (calls, step) = (*calls, order.step().code);
        let before = order.step().after.iter();
        let given: Vec<_> = before.map(|code| order.results.get(code)).collect();
        let made_from = json!([order.answers, given]);
        let known = ledger.made_from.entry(order.key.clone());
        assert_eq!(
            known.or_insert_with(|| made_from.clone()),
            &made_from,
            "{}: the same key says another thing",
            order.key
        );
        let known = ledger.effects.contains_key(&order.key);
        let injected = self
            .injected
            .filter(|(at, phase, _)| *at == step && *phase == order.phase);
        if let Some((.., failure)) = injected {
            let fails = match failure {
                Failure::AwayForAWhile => calls <= 3,
                Failure::AwayForEver | Failure::Refused => true,
                Failure::AnswerLost => !known,
                Failure::NothingKnown => calls == 1,
                Failure::RefusedOnce => !order.key.ends_with(".2"),
            };
            if fails {
                ledger.failed.push((step, order.phase));
                return match failure {
                    Failure::AwayForAWhile | Failure::AwayForEver => no(Class::Transient),
                    Failure::AnswerLost => {
                        *ledger.effects.entry(order.key.clone()).or_default() += 1;
                        no(Class::Unknown)
                    }
                    Failure::NothingKnown => no(Class::Unknown),
                    Failure::RefusedOnce | Failure::Refused => no(Class::Business),
                };
            }
        }
        if known {
            assert!(
                order.unknown || self.overlaps,
                "whoever asks again must know that it may be there"
            );
            return Outcome::Done(json!({"number": format!("N{}", order.key)}));
        }
        *ledger.effects.entry(order.key.clone()).or_default() += 1;
        match order.step().act {
            Act::File(_) => Outcome::Done(json!({"number": format!("N{}", order.key)})),
            _ => Outcome::Accepted,
        }
    }
}

#[tonic::async_trait]
impl Performer for Office {
    async fn perform(&self, order: &Order<'_>) -> Outcome {
        if self.twice {
            drop(self.act(order));
        }
        self.act(order)
    }
}

fn no(class: Class) -> Outcome {
    Outcome::Failed(Reason {
        class,
        code: "NO".to_owned(),
        text: "登记的姓名不一致".to_owned(),
    })
}
