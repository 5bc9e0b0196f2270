//! What returns, placements and settlements know of a stay (rules R08 to R10), and the return rate.

use jiff::Timestamp;
use yiwang_casework::Refusal;

use super::desk::at_field;

/// States of a stay that goes on.
pub const IN_HOUSE: [&str; 4] = ["admitted", "in_hospital", "on_trip", "fostered"];

/// A stay as the cases of leaving see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guest {
    /// 9-digit division of the station.
    pub division: String,
    /// Name as known or told; empty: none.
    pub called: String,
    /// State of the case of the stay.
    pub case_state: String,
    /// How it ended; empty: still there.
    pub leave_type: String,
    /// It is known who it is.
    pub known: bool,
    /// Woman or girl.
    pub female: bool,
    /// Under 18, or looks it.
    pub minor: bool,
    /// Never leaves alone.
    pub guarded: bool,
    /// When the person came.
    pub arrived_at: Timestamp,
}

impl Guest {
    /// Admitted and not gone.
    #[must_use]
    pub fn is_here(&self) -> bool {
        IN_HOUSE.contains(&self.case_state.as_str())
    }

    /// Of this station, and still there.
    ///
    /// # Errors
    /// `STATION_ELSEWHERE`, `STAY_ENDED`.
    pub fn of_station(&self, division: &str) -> Result<(), Refusal> {
        if self.division != division {
            let message = "请在受助人员所在的救助管理站办理。";
            return Err(at_field("STATION_ELSEWHERE", "/stay", message));
        }
        if !self.is_here() {
            let message = "这名受助人员还没有受助，或者已经离站，请核对编号。";
            return Err(at_field("STAY_ENDED", "/stay", message));
        }
        Ok(())
    }
}

/// The stay of the form.
///
/// # Errors
/// `STAY_UNKNOWN`.
pub fn guest(found: Option<&Guest>) -> Result<&Guest, Refusal> {
    let message = "没有找到这名受助人员，请核对受助编号。";
    found.ok_or_else(|| at_field("STAY_UNKNOWN", "/stay", message))
}

/// Leave types that have led home with somebody 接送返回.
pub const HOME: [&str; 3] = ["escorted", "fetched", "unit"];

/// 接送返回率 in thousandths: identified people brought or fetched home of all identified people
/// who left; none when nobody was identified.
#[must_use]
pub fn return_rate(home: u32, identified: u32) -> Option<u32> {
    let rate = u64::from(home) * 1000;
    let rate = rate.checked_div(u64::from(identified))?;
    u32::try_from(rate).ok()
}
