//! Historical data entry 历史档案补录 (MZ/T 113-2018; rules A2.8): paper files of marriages are
//! typed twice by two people, compared, decided where they differ, and published as records.
//!
//! | where | what |
//! |---|---|
//! | `columns`, `normalise`, `dates` | a row as typed and as it is compared, pure |
//! | `check`, `compare`, `problem` | what is wrong with it, pure |
//! | `read_csv`, `read_xlsx`, `source` | files, streamed from their stored chunks |
//! | `reading`, `comparing`, `publishing` | the three steps, by [`work`] |
//! | `historical` | what a row becomes, pure |
//! | `store` | the tables |
//! | `api` | the gRPC |
//!
//! Two valid records of one person are never merged: both are kept, the person is frozen, a
//! registrar settles it.

mod api;
mod check;
mod columns;
mod compare;
mod comparing;
mod dates;
mod historical;
mod normalise;
mod problem;
mod publishing;
mod read_csv;
mod read_xlsx;
mod reading;
mod source;
mod store;
mod work;

pub use api::ArchiveService;
pub use work::{Work, work};
