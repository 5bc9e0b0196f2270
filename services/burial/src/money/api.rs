//! The gRPC service `Prices`.

use std::sync::Arc;

use jiff::civil::Date;
use sqlx::PgConnection;
use tonic::{Request, Response, Status};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{self, Caller, Role},
};
use yiwang_civic::time;
use yiwang_proto::burial::v1::{self as pb, prices_server};

use super::{catalogue, save, store};
use crate::domain::{
    benefit::{self, EcoForm, Waiver, Waivers},
    price::Price,
    wish::yuan,
};

/// Offices that read the bills of their region.
const OFFICES: [Role; 6] = [
    Role::Funeral,
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
    Role::Auditor,
];

/// Serves price lists, waivers and bills.
#[derive(Clone)]
pub struct PricesService {
    runtime: Arc<Runtime>,
}

/// A price as everybody reads it.
pub(super) fn shown(price: Price) -> pb::Price {
    pb::Price {
        code: price.code,
        title: price.title,
        class: price.class.code().to_owned(),
        unit: price.unit,
        fen: price.fen,
        fen_to: price.fen_to.unwrap_or_default(),
        document: price.document,
        valid_from: price.valid_from.to_string(),
        facility: price.facility.unwrap_or_default(),
        valid_to: price
            .valid_to
            .map(|day| day.to_string())
            .unwrap_or_default(),
        pricing: price.pricing.code().to_owned(),
        division: price.division,
    }
}

impl PricesService {
    /// Serves the prices of `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }

    /// The day asked for, or today.
    fn day(&self, text: &str) -> Result<Date, Fault> {
        match text.trim() {
            "" => Ok(time::beijing_date(self.runtime.now())),
            text => text.parse().map_err(|_| {
                Fault::invalid_field("/day", "NOT_A_DATE", "请填写日期，例如2026-06-01。")
            }),
        }
    }

    async fn prices(
        &self,
        request: pb::ListPricesRequest,
    ) -> Result<pb::ListPricesResponse, Fault> {
        let (division, day) = (region(&request.division)?, self.day(&request.day)?);
        let mut conn = self.runtime.pool.acquire().await?;
        let prices = catalogue::of_region(&mut conn, division, day).await?;
        Ok(pb::ListPricesResponse {
            prices: prices.into_iter().map(shown).collect(),
        })
    }

    fn waivers(&self, request: &pb::ListWaiversRequest) -> Result<pb::WaiverList, Fault> {
        let (division, day) = (region(&request.division)?, self.day(&request.day)?);
        let rules = &self.runtime.rules;
        // Goes away by itself once the parameter is there.
        let waivers = Waivers::load(rules, division, day).map_err(Fault::unavailable)?;
        let total = match waivers.total {
            Some(_) => waivers.words().pop().unwrap_or_default(),
            None => String::new(),
        };
        let mut subsidies = Vec::new();
        for form in EcoForm::ALL {
            let found = benefit::subsidy(rules, division, *form, day);
            let Some((fen, _)) = found.map_err(Fault::unavailable)? else {
                continue;
            };
            subsidies.push(pb::WaiverItem {
                title: form.label().to_owned(),
                text: format!("{}，奖补{}元", form.label(), yuan(fen.0)),
                fen: fen.0,
            });
        }
        let item = |waiver: &Waiver| pb::WaiverItem {
            title: waiver.title.clone(),
            text: waiver.words(),
            fen: waiver.fen.unwrap_or_default(),
        };
        Ok(pb::WaiverList {
            for_whom: waivers.for_whom(),
            items: waivers.items.iter().map(item).collect(),
            subsidies,
            total,
            source: waivers.source,
            verified: waivers.verified,
        })
    }

    async fn bills(
        &self,
        caller: &Caller,
        request: pb::ListBillsRequest,
    ) -> Result<pb::ListBillsResponse, Fault> {
        let mut conn = self.runtime.pool.acquire().await?;
        let number = request.case_number.trim();
        if !sees(&mut conn, caller, number).await? {
            let message = "没有查到账单，请核对办件编号。";
            return Err(Fault::new(Code::NotFound, "BILL_UNKNOWN", message));
        }
        let mut bills = Vec::new();
        for bill in store::bills_of_case(&mut conn, number).await? {
            let lines = store::lines(&mut conn, &bill.number).await?;
            bills.push(bill_of(bill, lines));
        }
        Ok(pb::ListBillsResponse { bills })
    }
}

fn bill_of(bill: store::Recorded, lines: Vec<store::ShownLine>) -> pb::Bill {
    pb::Bill {
        issued_on: time::beijing_date(bill.issued_at).to_string(),
        number: bill.number,
        case_number: bill.case_number,
        facility: bill.facility,
        state: bill.state,
        lines: lines.into_iter().map(line).collect(),
        lines_fen: bill.lines_fen,
        charged_fen: bill.charged_fen,
        waived_fen: bill.waived_fen,
        subsidised_fen: bill.subsidised_fen,
        refunded_fen: bill.refunded_fen,
    }
}

fn line(line: store::ShownLine) -> pb::BillLine {
    pb::BillLine {
        code: line.code,
        title: line.title,
        unit: line.unit,
        quantity_hundredths: line.hundredths,
        fen: line.fen,
        charged_fen: line.charged_fen,
        waived_fen: line.waived_fen,
        subsidised_fen: line.subsidised_fen,
        document: line.document,
        unit_fen: line.unit_fen,
    }
}

/// A region by six or nine digits.
fn region(code: &str) -> Result<&str, Fault> {
    let code = code.trim();
    if matches!(code.len(), 6 | 9) && code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(code);
    }
    let message = "请选择县（市、区）或者乡镇（街道）。";
    Err(Fault::invalid_field("/division", "DIVISION", message))
}

/// The applicant, as the case itself is seen, and offices of the region.
async fn sees(conn: &mut PgConnection, caller: &Caller, number: &str) -> sqlx::Result<bool> {
    let file: Option<(String, String, Uuid)> = sqlx::query_as(
        "select division, applicant_key, account from casework.case_file where number = $1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await?;
    let Some((division, applicant, account)) = file else {
        return Ok(false);
    };
    // As in casework: an ID number that nobody has seen reaches only what it filed itself.
    let named = caller.person.as_deref() == Some(applicant.as_str());
    let own = named && (caller.has_role(Role::Citizen) || caller.account == account);
    Ok(own || OFFICES.iter().any(|role| caller.has(*role, &division)))
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Fault> {
    let caller = identity::caller(&request)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

#[tonic::async_trait]
impl prices_server::Prices for PricesService {
    async fn list_prices(
        &self,
        request: Request<pb::ListPricesRequest>,
    ) -> Result<Response<pb::ListPricesResponse>, Status> {
        answer(self.prices(request.into_inner()).await)
    }

    async fn list_waivers(
        &self,
        request: Request<pb::ListWaiversRequest>,
    ) -> Result<Response<pb::WaiverList>, Status> {
        answer(self.waivers(request.get_ref()))
    }

    async fn list_bills(
        &self,
        request: Request<pb::ListBillsRequest>,
    ) -> Result<Response<pb::ListBillsResponse>, Status> {
        let (caller, message) = signed(request)?;
        answer(self.bills(&caller, message).await)
    }

    async fn save_price(
        &self,
        request: Request<pb::SavePriceRequest>,
    ) -> Result<Response<pb::Price>, Status> {
        let (caller, message) = signed(request)?;
        answer(save::save(&self.runtime, &caller, message).await)
    }
}
