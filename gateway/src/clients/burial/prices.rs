//! The price list, what is waived, bills.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// The price list of a division on a day; today when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_prices(&self, division: &str, day: &str) -> Result<Vec<pb::Price>, Fault> {
        let request = pb::ListPricesRequest {
            division: division.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.prices.list_prices, None, request).map(|list| list.prices)
    }

    /// What a county waives, and what it pays for ecological burials.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn burial_waivers(&self, division: &str, day: &str) -> Result<pb::WaiverList, Fault> {
        let request = pb::ListWaiversRequest {
            division: division.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.prices.list_waivers, None, request)
    }

    /// The bills of a case, for its applicant and the offices of its region.
    ///
    /// # Errors
    /// `BILL_UNKNOWN` to others.
    pub async fn burial_bills(
        &self,
        who: impl Into<Identity>,
        case_number: &str,
    ) -> Result<Vec<pb::Bill>, Fault> {
        let who = who.into();
        let request = pb::ListBillsRequest {
            case_number: case_number.to_owned(),
        };
        rpc!(self.burial.prices.list_bills, Some(&who), request).map(|list| list.bills)
    }
}
