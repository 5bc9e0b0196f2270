//! A past for a demonstration, lived by the service itself on a clock that is moved: every legal
//! clock fires at the instant it was due, and what stands there anybody could have done by hand.

mod story;
mod when;
mod who;

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tonic::Request;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, ManualClock},
    fault::{Code, Fault},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework as _};

pub use self::{
    story::{Beat, Story, What},
    when::{ago, before, day, on},
    who::Who,
};
use crate::{Runtime, runner, service::CaseworkService};

/// What did not fit: what was tried, and why not.
pub type Wrong = (String, Fault);
/// The files that belong to the data of an act.
pub type Files = fn(&Value) -> Vec<pb::MaterialRef>;

/// The service with its clock in our hands.
pub struct Past {
    /// The runtime whose clock is moved.
    pub rt: Arc<Runtime>,
    clock: ManualClock,
    now: Timestamp,
    cases: CaseworkService,
    files: Files,
    known: BTreeMap<&'static str, String>,
    mark: u128,
    keys: u128,
}

impl Past {
    /// `rt` is a runtime of its own; `mark` tells the keys of this past from those of others.
    #[must_use]
    pub fn new(mut rt: Runtime, mark: u32, files: Files) -> Self {
        let now = rt.now();
        let clock = ManualClock::new(now);
        rt.clock = Arc::new(clock.clone());
        let rt = Arc::new(rt);
        Self {
            cases: CaseworkService::new(rt.clone()),
            rt,
            clock,
            now,
            files,
            known: BTreeMap::new(),
            mark: u128::from(mark) << 64,
            keys: 0,
        }
    }

    /// The instant at which the past ends.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The instant that is lived.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.clock.now()
    }

    /// Beats that lie before the end, in the order of their instants; the clock stands at the first.
    pub fn begin<W>(&mut self, mut beats: Vec<Beat<W>>) -> Vec<Beat<W>> {
        beats.retain(|beat| beat.at <= self.now);
        beats.sort_by_key(|beat| beat.at);
        if let Some(first) = beats.first() {
            self.clock.set(first.at);
        }
        beats
    }

    /// Lets the clocks run up to an instant of a beat.
    pub async fn reach(&mut self, at: Timestamp) -> Option<Wrong> {
        let caught = runner::catch_up(&self.rt, &self.clock, at).await;
        // Two beats of one instant stand one after the other.
        self.clock.advance(SignedDuration::from_millis(1));
        caught.err().map(|fault| ("clocks".to_owned(), fault))
    }

    /// Lets the clocks run up to the end.
    pub async fn end(&mut self) -> Option<Wrong> {
        let caught = runner::catch_up(&self.rt, &self.clock, self.now).await;
        caught.err().map(|fault| ("clocks".to_owned(), fault))
    }

    /// Hands a form in; the case is known by `name` from now on.
    ///
    /// # Errors
    /// As the service refuses it.
    pub async fn submit(
        &mut self,
        who: Who,
        name: &'static str,
        (item, division): (&str, &str),
        form: &Value,
    ) -> Result<(), Fault> {
        let request = pb::SubmitRequest {
            idempotency_key: self.key(),
            item: item.to_owned(),
            division: division.to_owned(),
            form: form.to_string(),
            materials: Vec::new(),
        };
        let case = self.cases.submit(self.asks(who, request)).await?;
        self.remember(name, case.into_inner().number);
        Ok(())
    }

    /// Acts on a known case.
    ///
    /// # Errors
    /// As the service refuses it.
    pub async fn act(
        &mut self,
        who: Who,
        name: &str,
        action: &str,
        data: &Value,
    ) -> Result<(), Fault> {
        let request = pb::ActRequest {
            idempotency_key: self.key(),
            number: self.known(name)?,
            action: action.to_owned(),
            files: (self.files)(data),
            data: data.to_string(),
            expected_version: 0,
        };
        self.cases.act(self.asks(who, request)).await?;
        Ok(())
    }

    /// A request as the gateway sends it.
    pub fn asks<T>(&self, who: Who, message: T) -> Request<T> {
        who.asks(&self.rt.keyer, message)
    }

    /// A number or id is known by `name`.
    pub fn remember(&mut self, name: &'static str, id: String) {
        self.known.insert(name, id);
    }

    /// The number or id that is known by `name`.
    ///
    /// # Errors
    /// `NOT_TOLD`.
    pub fn known(&self, name: &str) -> Result<String, Fault> {
        let found = self.known.get(name).cloned();
        found.ok_or_else(|| Fault::new(Code::NotFound, "NOT_TOLD", name.to_owned()))
    }

    /// An idempotency key of its own for each call.
    pub fn key(&mut self) -> String {
        self.keys += 1;
        Uuid::from_u128(self.mark | self.keys).to_string()
    }
}
