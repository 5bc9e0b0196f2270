//! The street 街面巡查 (rules R01, R14), pure.
//!
//! | where | what |
//! |---|---|
//! | [`words`] | code lists |
//! | [`fields`] | what is written down about somebody met in the street |
//! | [`law`] | who must be told, led, brought; when an answer is final |
//! | [`merge`] | edits of phones that were offline: nothing lost, conflicts field by field |
//! | [`season`] | winter, summer, weather alerts and the patrols that follow |

pub mod fields;
pub mod law;
pub mod season;
pub mod words;

pub use yiwang_casework::merge;
