//! A search: its steps, their order, what opens the next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

use super::{
    law::{Law, Limit},
    step::{Done, Kind, Step},
};

/// Steps that must be done before a settlement, besides the report to the police where one is
/// due and publication where it is allowed.
const BEFORE_SETTLEMENT: [Kind; 9] = [
    Kind::Biometrics,
    Kind::Face,
    Kind::PoliceReport,
    Kind::Publish,
    Kind::Dna,
    Kind::Sampled,
    Kind::Stranded,
    Kind::Refresh,
    Kind::Escalate,
];

/// How a search begins.
#[derive(Debug, Clone, Copy)]
pub struct Begin {
    /// When the person came in: all clocks run from then, whenever it is written down.
    pub entered_at: Timestamp,
    /// Suspected lost, abandoned or trafficked since.
    pub suspected_at: Option<Timestamp>,
    /// Whether a notice may be published ([`super::public`]).
    pub publishable: bool,
}

/// The search of one stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// In the order they were opened.
    pub steps: Vec<Step>,
}

impl Search {
    /// The plan at the entry: every step whose limit is known then.
    #[must_use]
    pub fn begin(begin: Begin, law: &Law<'_>) -> Self {
        let t0 = begin.entered_at;
        let mut search = Self::default();
        search.open(Kind::Biometrics, law.entry(t0));
        search.open(Kind::Face, law.entry(t0));
        if let Some(suspected) = begin.suspected_at {
            search.suspect(suspected, law);
        }
        if begin.publishable {
            search.open(Kind::Publish, law.publish(t0));
        }
        search.open(Kind::Dna, law.dna(t0));
        search.open(Kind::Stranded, law.stranded(t0));
        search.open(Kind::Escalate, law.escalate(t0));
        search.open(Kind::Settle, law.settle(t0));
        search
    }

    /// Suspected lost, abandoned or trafficked: the police, at once. Told once.
    pub fn suspect(&mut self, now: Timestamp, law: &Law<'_>) {
        if self.last(Kind::PoliceReport).is_none() {
            self.open(Kind::PoliceReport, law.police(now));
        }
    }

    /// The step waiting to be done.
    #[must_use]
    pub fn waiting(&self, kind: Kind) -> Option<&Step> {
        self.of(kind).find(|step| step.is_open())
    }

    /// Whether it was done at least once.
    #[must_use]
    pub fn was_done(&self, kind: Kind) -> bool {
        self.of(kind).any(|step| step.done.is_some())
    }

    /// Open steps whose limit is over, the latest first.
    #[must_use]
    pub fn late(&self, now: Timestamp) -> Vec<&Step> {
        let open = self.steps.iter().filter(|step| step.is_open());
        let mut late: Vec<&Step> = open.filter(|step| step.is_late(now)).collect();
        late.sort_by_key(|step| step.due_at);
        late
    }

    /// What is still to be done before a settlement may be requested.
    #[must_use]
    pub fn missing(&self, now: Timestamp) -> Vec<Kind> {
        let is_missing = |kind: &Kind| {
            if let Some(open) = self.waiting(*kind) {
                // A later round is missing only when it is due; a notice must stand.
                let first = !self.was_done(*kind);
                return first || *kind == Kind::Publish || open.is_late(now);
            }
            match kind {
                Kind::Sampled => !self.was_done(Kind::Sampled),
                // Opened by the publication, which is asked for before.
                Kind::Refresh => self.last(Kind::Publish).is_some() && !self.was_done(*kind),
                _ => false,
            }
        };
        let all = BEFORE_SETTLEMENT.into_iter();
        all.filter(is_missing).collect()
    }

    /// Whether settlement may be requested, approved and registered now.
    ///
    /// # Errors
    /// `SETTLE_TOO_EARLY`; `SEARCH_INCOMPLETE` with a field `/steps/<code>` for each step.
    pub fn may_settle(
        &self,
        entered_at: Timestamp,
        now: Timestamp,
        law: &Law<'_>,
    ) -> Result<(), Refusal> {
        if now < law.settle_from(entered_at) {
            let message = format!(
                "滞留满{}个月仍无法查明身份的，才能提出安置申请。请继续寻亲。",
                law.settle_months
            );
            return Err(Refusal::new("SETTLE_TOO_EARLY", message));
        }
        let missing = self.missing(now);
        if missing.is_empty() {
            return Ok(());
        }
        let labels: Vec<_> = missing.iter().map(|kind| kind.label()).collect();
        let message = format!(
            "寻亲的步骤还没有全部完成，不能提出安置申请。请先完成：{}。",
            labels.join("；")
        );
        let field = |kind: &Kind| {
            let at = format!("/steps/{}", kind.code());
            FieldViolation::new(at, "STEP_MISSING", kind.label())
        };
        Err(Refusal {
            fields: missing.iter().map(field).collect(),
            ..Refusal::new("SEARCH_INCOMPLETE", message)
        })
    }

    /// Whether a step may be done now; [`Kind::Settle`] also asks [`Self::may_settle`].
    ///
    /// # Errors
    /// `STEP_NOT_OPEN`, `STEP_DONE`, `STEP_ORDER`.
    pub fn may(&self, kind: Kind) -> Result<(), Refusal> {
        if self.waiting(kind).is_none() {
            return Err(match self.last(kind) {
                Some(step) if step.done.is_some() => {
                    let message = format!("“{}”已经办过了，请刷新页面。", kind.label());
                    Refusal::new("STEP_DONE", message)
                }
                _ => {
                    let message = format!("现在不用办“{}”，请按寻亲步骤办理。", kind.label());
                    Refusal::new("STEP_NOT_OPEN", message)
                }
            });
        }
        let before: &[Kind] = match kind {
            // It compares the photograph.
            Kind::Face => &[Kind::Biometrics],
            // The local police come first: whichever way they were told.
            Kind::Escalate => &[Kind::Dna, Kind::PoliceReport],
            _ => &[],
        };
        let met = before.is_empty() || before.iter().any(|kind| self.was_done(*kind));
        if met {
            return Ok(());
        }
        let labels: Vec<_> = before.iter().map(|kind| kind.label()).collect();
        let message = format!(
            "办理“{}”之前，请先完成“{}”。",
            kind.label(),
            labels.join("”或者“")
        );
        Err(Refusal::new("STEP_ORDER", message))
    }

    /// Writes a step down as done now and opens what follows. Returns whether it was late.
    ///
    /// # Errors
    /// As [`Self::may`].
    pub fn done(&mut self, kind: Kind, done: Done, law: &Law<'_>) -> Result<bool, Refusal> {
        self.may(kind)?;
        let now = done.at;
        let open = |step: &&mut Step| step.kind == kind && step.is_open();
        let Some(step) = self.steps.iter_mut().find(open) else {
            return Ok(false);
        };
        let (round, late) = (step.round, step.is_late(now));
        step.done = Some(done);
        match kind {
            Kind::Dna => self.open(Kind::Sampled, law.sampled(now)),
            // After an identification was taken back, the notice is new and the old round counts on.
            Kind::Publish | Kind::Refresh if self.waiting(Kind::Refresh).is_none() => {
                self.open(Kind::Refresh, law.refresh(now));
            }
            Kind::Escalate if round < law.escalate_levels => {
                self.open(Kind::Escalate, law.escalate(now));
            }
            Kind::Yearly => self.open(Kind::Yearly, law.repeat(now)),
            _ => {}
        }
        Ok(late)
    }

    /// It is known who the person is: nothing more to search; where a notice stands, its copies
    /// elsewhere come down. The own board: `search::publish::withdraw`, in the same transaction.
    pub fn identified(&mut self, published: bool, now: Timestamp, law: &Law<'_>) {
        self.end(now, |_| true);
        if published {
            self.open(Kind::Unpublish, law.unpublish(now));
        }
    }

    /// The identification of `identified_at` was taken back: the clocks that ran then run on,
    /// what became late meanwhile is late. A notice that stood is published anew.
    pub fn unidentified(&mut self, identified_at: Timestamp, now: Timestamp, law: &Law<'_>) {
        self.settled_again(identified_at, now);
        if self.was_done(Kind::Publish) && self.waiting(Kind::Publish).is_none() {
            self.open(Kind::Publish, law.publish(now));
        }
    }

    /// The notice was taken down though nobody is found, for instance for an error in it: it is
    /// published anew, and what was to be renewed no longer stands.
    pub fn withdrawn(&mut self, now: Timestamp, law: &Law<'_>) {
        self.end(now, |kind| kind == Kind::Refresh);
        if self.waiting(Kind::Publish).is_none() {
            self.open(Kind::Publish, law.publish(now));
        }
    }

    /// Settled: the search goes on, once a year.
    pub fn settled(&mut self, now: Timestamp, law: &Law<'_>) {
        self.end(now, |kind| kind != Kind::Unpublish);
        self.open(Kind::Yearly, law.repeat(now));
    }

    /// The identification of `identified_at` was taken back: what it ended runs on.
    pub fn settled_again(&mut self, identified_at: Timestamp, now: Timestamp) {
        for step in &mut self.steps {
            if step.ended_at == Some(identified_at) {
                step.ended_at = None;
            }
        }
        self.end(now, |kind| kind == Kind::Unpublish);
    }

    /// The person left or died: nobody is here any more to search for.
    pub fn left(&mut self, now: Timestamp) {
        self.end(now, |kind| kind != Kind::Unpublish);
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| step.kind == kind)
    }

    fn last(&self, kind: Kind) -> Option<&Step> {
        self.of(kind).last()
    }

    fn open(&mut self, kind: Kind, limit: Limit) {
        let round = self.last(kind).map_or(1, |step| step.round + 1);
        self.steps.push(Step {
            kind,
            round,
            due_at: limit.at,
            provisional: limit.provisional,
            done: None,
            ended_at: None,
        });
    }

    fn end(&mut self, now: Timestamp, which: impl Fn(Kind) -> bool) {
        for step in &mut self.steps {
            if step.is_open() && which(step.kind) {
                step.ended_at = Some(now);
            }
        }
    }
}
