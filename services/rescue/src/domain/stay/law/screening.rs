//! 初检: hospital first, police first, or in (救助管理机构工作规程7–10).

use super::super::words::Sign;

/// Where somebody goes from the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// On to the security check.
    In,
    /// To the police.
    Police,
    /// To a hospital; the police are told too when they must.
    Hospital {
        /// The police are told.
        police: bool,
    },
}

/// Life first: a hospital before the police.
#[must_use]
pub fn route(signs: &[Sign]) -> Route {
    let police = signs.iter().any(|sign| sign.police_first());
    if signs.iter().any(|sign| sign.hospital_first()) {
        return Route::Hospital { police };
    }
    if police { Route::Police } else { Route::In }
}
