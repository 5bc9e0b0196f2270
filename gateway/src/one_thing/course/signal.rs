//! What a decision answers to.

use serde_json::{Map, Value};

use super::{Outcome, Reason};

/// What a decision answers to.
#[derive(Debug, Clone)]
pub(crate) enum Input<'a> {
    /// Time has passed, or something became known.
    Woken,
    /// The owner was lost in the midst of it.
    Recovered,
    /// An act of the step at this index ended.
    Came(usize, Outcome),
    /// Somebody said something.
    Heard(&'a Signal),
}

/// What somebody says to a running one-thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Signal {
    /// A department says that an answer is ready: it is asked at once, not believed.
    Hurry(usize),
    /// An officer or the applicant did what the step waits for.
    Answered(usize, Value),
    /// An operator lets a stuck step try again.
    Retry(usize),
    /// An operator gives a step up.
    Skip(usize, Reason),
    /// An officer sends a refused step back, with everything that the form must say otherwise
    /// 一次告知.
    Return(usize, Reason, Vec<String>),
    /// The applicant has corrected the form for these steps; null: left empty now.
    Correct(Vec<usize>, Map<String, Value>),
    /// The applicant takes it all back.
    Withdraw,
    /// An operator stops it.
    Abort(Reason),
}
