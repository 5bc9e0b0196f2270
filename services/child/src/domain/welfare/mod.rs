//! Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6): pure.
//!
//! | where | what |
//! |---|---|
//! | [`law`] | ages, who is left behind, a migrant, in hardship |
//! | [`visit`] | what a visit sees, when the next one is due |
//! | [`child_file`] | the item 困境、留守、流动儿童关爱服务 |
//! | [`entrusted_care`] | the item 委托照护 |
//! | [`roster`] | directors and supervisors: record, training, allowances |

pub mod child_file;
pub mod entrusted_care;
pub mod law;
pub mod roster;
pub mod visit;
pub mod words;

pub use child_file::ChildFile;
pub use entrusted_care::EntrustedCare;

use yiwang_chassis::identity::Role;

/// Who stands on a file: the village, the township, the county.
pub const LINE: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor, Role::ChildCounty];
