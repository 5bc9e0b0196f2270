//! The burial service beyond its cases: `rpc Visits.X`, and those of families and homes.

mod deaths;
mod funerals;
mod memorials;
mod places;
mod planning;
mod prices;

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_e2e::{Program, Suite};
use yiwang_proto::burial::v1::{self as pb, visits_client::VisitsClient};

use crate::{
    rpc::{self, Outcome, send},
    scene::Ids,
};

/// The cemetery in the township of the case.
pub(crate) const CEMETERY: &str = "420323100-GM01";
/// The funeral home there.
pub(crate) const HOME: &str = "420323100-BY01";
/// Audience of its tokens.
pub(crate) const NAME: &str = "burial";
/// Its contracts beyond the cases.
pub(crate) const CONTRACTS: [&str; 7] = [
    "Deaths",
    "Funerals",
    "Memorials",
    "Places",
    "Planning",
    "Prices",
    "Visits",
];

/// A second process of the service, which believes our issuer.
pub(crate) struct Burial {
    visits: VisitsClient<Channel>,
    channel: Channel,
    // Dropped with us.
    _program: Program,
}

impl Burial {
    /// Starts it.
    pub(crate) async fn start(suite: &Suite, keys_url: &str) -> anyhow::Result<Self> {
        let (program, channel) = rpc::second(suite, NAME, keys_url).await?;
        Ok(Self {
            visits: VisitsClient::new(channel.clone()),
            channel,
            _program: program,
        })
    }
}

/// Makes the call `Contract.Rpc`.
pub(crate) async fn call(
    service: &Burial,
    name: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    match name.split_once('.') {
        Some(("Deaths", rpc)) => deaths::call(service.channel.clone(), rpc, token).await,
        Some(("Funerals", rpc)) => funerals::call(service.channel.clone(), rpc, token).await,
        Some(("Memorials", rpc)) => memorials::call(service.channel.clone(), rpc, token).await,
        Some(("Places", rpc)) => places::call(service.channel.clone(), rpc, token).await,
        Some(("Planning", rpc)) => planning::call(service.channel.clone(), rpc, token, ids).await,
        Some(("Prices", rpc)) => prices::call(service.channel.clone(), rpc, token, ids).await,
        Some(("Visits", rpc)) => visits(service.visits.clone(), rpc, token, ids).await,
        _ => bail!("no service for {name}: extend burial.rs"),
    }
}

/// A visit by somebody whose card was never seen, and visits of nobody.
async fn visits(
    mut client: VisitsClient<Channel>,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let facility = CEMETERY.to_owned();
    let idempotency_key = rpc::key();
    Ok(match rpc {
        "ListVisitFacilities" => {
            let message = pb::ListVisitFacilitiesRequest::default();
            send!(client.list_visit_facilities(message), token)
        }
        "ListVisitDays" => {
            let message = pb::ListVisitDaysRequest { facility };
            send!(client.list_visit_days(message), token)
        }
        "ListVisitSlots" => {
            let day = String::new();
            let message = pb::ListVisitSlotsRequest { facility, day };
            send!(client.list_visit_slots(message), token)
        }
        "BookVisit" => {
            let message = pb::BookVisitRequest {
                idempotency_key,
                facility,
                starts_at: "2026-05-20T09:00".to_owned(),
                kind: "in_person".to_owned(),
                phone: "13800001234".to_owned(),
                ..Default::default()
            };
            send!(client.book_visit(message), token)
        }
        "CancelVisit" => {
            let number = ids.appointment.clone();
            let message = pb::CancelVisitRequest {
                idempotency_key,
                number,
            };
            send!(client.cancel_visit(message), token)
        }
        "ListOwnVisits" => {
            let message = pb::ListOwnVisitsRequest {};
            send!(client.list_own_visits(message), token)
        }
        "EnterVisit" => {
            let message = pb::EnterVisitRequest {
                idempotency_key,
                facility,
                number: "JS1".to_owned(),
                note: String::new(),
                photos: vec![],
            };
            send!(client.enter_visit(message), token)
        }
        "ListVisitsOfDay" => {
            let day = String::new();
            let message = pb::ListVisitsOfDayRequest { facility, day };
            send!(client.list_visits_of_day(message), token)
        }
        other => bail!("no message for {other}: extend burial.rs"),
    })
}
