//! The vocabulary of civil affairs, without I/O: every other crate may depend on it, it depends on none.
//!
//! | module | what it knows |
//! |---|---|
//! | [`citizen_id`] | 公民身份号码 (GB 11643): parse, check, sex, birth date, age |
//! | [`identity_document`] | that number, or passport, permit and the like of those without one |
//! | [`country`] | countries by three letters, with Chinese names |
//! | [`division`] | 行政区划: names, children, search, what a grant covers |
//! | [`calendar`] | working days with make-up days, 民法典 201 to 203 |
//! | [`time`] | Beijing dates and months |
//! | [`money`] | amounts in fen, exact ratios |
//! | [`mask`] | what a list or a notice may show of a person |
//! | [`person_key`] | the name of a person between services, and blind indexes |
//! | [`seal`] | personal data at rest, AES-256-GCM or SM4-GCM |
//! | [`params`] | dated numbers of the law per region |
//! | [`number`] | case numbers with check digits |
//! | [`certificate`] | electronic certificates as signed statements |
//!
//! Nothing here reads a clock, a file or the network. Two embedded tables (see `data/README.md`) are
//! read on first use and stay: divisions about 1.4 MB, holidays a few KB.

pub mod calendar;
pub mod certificate;
pub mod citizen_id;
pub mod country;
pub mod division;
pub mod identity_document;
pub mod mask;
pub mod money;
pub mod number;
pub mod params;
pub mod person_key;
pub mod seal;
pub mod time;

mod check;
mod text;
