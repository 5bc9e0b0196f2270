//! The marriage service beyond its cases: `rpc Halls.X`, `rpc Register.X`, `rpc Archive.X`.

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_e2e::{Api, Program, Suite, TOWNSHIP, id_number};
use yiwang_proto::marriage::v1::{
    self as pb, archive_client::ArchiveClient, halls_client::HallsClient,
    register_client::RegisterClient,
};

use crate::{
    calls::inquiry,
    rpc::{self, Outcome},
    scene::Ids,
};

/// The hall in the township of the case.
pub(crate) const HALL: &str = "420323100-01";
/// Audience of its tokens.
pub(crate) const NAME: &str = "marriage";

/// A second process of the service, which believes our issuer.
pub(crate) struct Marriage {
    halls: HallsClient<Channel>,
    register: RegisterClient<Channel>,
    archive: ArchiveClient<Channel>,
    // Dropped with us.
    _program: Program,
}

impl Marriage {
    /// Starts it.
    pub(crate) async fn start(suite: &Suite, keys_url: &str) -> anyhow::Result<Self> {
        let (program, channel) = rpc::second(suite, NAME, keys_url).await?;
        Ok(Self {
            halls: HallsClient::new(channel.clone()),
            register: RegisterClient::new(channel.clone()),
            archive: ArchiveClient::new(channel),
            _program: program,
        })
    }
}

/// A wish of two people who are neither of the callers.
pub(crate) fn strangers_wish() -> Value {
    let visitor = |sequence| json!({"name": "何小满", "id_number": id_number("420323", "19930405", sequence)});
    json!({
        "hall": HALL, "starts_at": "2026-05-20T09:00", "kind": "marriage",
        "visitors": [visitor(778), visitor(779)], "phone": "13800001234",
    })
}

/// Books the first free time of the hall for somebody, alone.
pub(crate) async fn book(
    who: &Api,
    (name, id_number): &(String, String),
) -> anyhow::Result<String> {
    let days = who.get(&format!("/api/v1/halls/{HALL}/days")).await?;
    let days = days.expect(200)?.json()?;
    let days = days["days"].as_array().context("no days")?;
    let free = days.iter().find(|day| day["state"] == "free");
    let day = free.and_then(|day| day["day"].as_str()).context("no day")?;
    let wish = json!({
        "hall": HALL, "starts_at": format!("{day}T09:00"), "kind": "reissue",
        "visitors": [{"name": name, "id_number": id_number}], "phone": "13800001234",
    });
    let booked = who.post("/api/v1/appointments", &wish).await?;
    let booked = booked.expect(201)?.json()?;
    let number = booked["number"].as_str().context("no number")?;
    Ok(number.to_owned())
}

/// Opens a batch of historical records of the township.
pub(crate) async fn batch(clerk: &Api) -> anyhow::Result<String> {
    let new = json!({"title": "城关镇结婚登记档案", "division": TOWNSHIP});
    let made = clerk.post("/api/v1/archive/batches", &new).await?;
    let made = made.expect(201)?.json()?;
    Ok(made["id"].as_str().context("no id")?.to_owned())
}

/// Makes the call of an RPC, e.g. `Halls.Book`.
pub(crate) async fn call(
    service: &Marriage,
    name: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    match name.split_once('.') {
        Some(("Halls", rpc)) => halls(service.halls.clone(), rpc, token, ids).await,
        Some(("Register", rpc)) => register(service.register.clone(), rpc, token, ids).await,
        Some(("Archive", rpc)) => archive(service.archive.clone(), rpc, token, ids).await,
        _ => bail!("no service for {name}: extend marriage.rs"),
    }
}

macro_rules! send {
    ($client:ident.$method:ident($message:expr), $token:ident) => {
        $client
            .$method(grpc::client::request($message, $token)?)
            .await
            .map(drop)
    };
}

async fn halls(
    mut client: HallsClient<Channel>,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let (hall, number) = (HALL.to_owned(), ids.appointment.clone());
    Ok(match rpc {
        "ListHalls" => send!(client.list_halls(pb::ListHallsRequest::default()), token),
        "ListDays" => {
            let message = pb::ListDaysRequest {
                hall,
                ..Default::default()
            };
            send!(client.list_days(message), token)
        }
        "ListSlots" => {
            let message = pb::ListSlotsRequest {
                hall,
                ..Default::default()
            };
            send!(client.list_slots(message), token)
        }
        "Book" => send!(client.book(wish()), token),
        "CancelAppointment" => {
            let idempotency_key = rpc::key();
            let message = pb::CancelAppointmentRequest {
                idempotency_key,
                number,
            };
            send!(client.cancel_appointment(message), token)
        }
        "ListOwnAppointments" => {
            let message = pb::ListOwnAppointmentsRequest {};
            send!(client.list_own_appointments(message), token)
        }
        "ListAppointments" => {
            let day = String::new();
            let message = pb::ListAppointmentsRequest { hall, day };
            send!(client.list_appointments(message), token)
        }
        "GetAppointment" => {
            let message = pb::GetAppointmentRequest { number };
            send!(client.get_appointment(message), token)
        }
        "RecordCounselling" => {
            let message = pb::RecordCounsellingRequest {
                idempotency_key: rpc::key(),
                number,
                held: true,
                topic: "other".to_owned(),
            };
            send!(client.record_counselling(message), token)
        }
        "ListManagedHalls" => {
            let message = pb::ListManagedHallsRequest {};
            send!(client.list_managed_halls(message), token)
        }
        "GetHall" => send!(client.get_hall(pb::GetHallRequest { code: hall }), token),
        "SaveHall" => {
            let message = pb::SaveHallRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.save_hall(message), token)
        }
        "ListRegistrars" => {
            let message = pb::ListRegistrarsRequest { hall };
            send!(client.list_registrars(message), token)
        }
        "SaveRegistrar" => {
            let message = pb::SaveRegistrarRequest {
                idempotency_key: rpc::key(),
                hall,
                ..Default::default()
            };
            send!(client.save_registrar(message), token)
        }
        "GetCalendar" => {
            let message = pb::GetCalendarRequest {
                hall,
                ..Default::default()
            };
            send!(client.get_calendar(message), token)
        }
        "SetDay" => {
            let message = pb::SetDayRequest {
                idempotency_key: rpc::key(),
                hall,
                ..Default::default()
            };
            send!(client.set_day(message), token)
        }
        "ReadCard" => {
            let reader = "matrix".to_owned();
            send!(
                client.read_card(pb::ReadCardRequest { hall, reader }),
                token
            )
        }
        other => bail!("no message for {other}: extend marriage.rs"),
    })
}

fn wish() -> pb::BookRequest {
    let visitor = |sequence| pb::Visitor {
        name: "何小满".to_owned(),
        id_number: id_number("420323", "19930405", sequence),
        ..Default::default()
    };
    pb::BookRequest {
        idempotency_key: rpc::key(),
        hall: HALL.to_owned(),
        starts_at: "2026-05-20T09:00".to_owned(),
        kind: "marriage".to_owned(),
        visitors: vec![visitor(778), visitor(779)],
        phone: "13800001234".to_owned(),
        ..Default::default()
    }
}

async fn register(
    mut client: RegisterClient<Channel>,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    Ok(match rpc {
        "AskStatus" => {
            let [name, id_number, purpose, legal_basis] = inquiry().map(|(_, value)| value);
            let message = pb::AskStatusRequest {
                name,
                id_number,
                purpose,
                legal_basis,
                ..Default::default()
            };
            send!(client.ask_status(message), token)
        }
        "ListOwnRecords" => {
            send!(client.list_own_records(pb::ListOwnRecordsRequest {}), token)
        }
        "GetFigures" => send!(client.get_figures(pb::GetFiguresRequest::default()), token),
        "ListConflicts" => {
            let message = pb::ListConflictsRequest::default();
            send!(client.list_conflicts(message), token)
        }
        "SettleConflict" => {
            let message = pb::SettleConflictRequest {
                idempotency_key: rpc::key(),
                id: ids.session.clone(),
                keep: String::new(),
                reason: "核对原始档案，为同名的两个人".to_owned(),
            };
            send!(client.settle_conflict(message), token)
        }
        "DeclineRestoration" => {
            let message = pb::DeclineRestorationRequest {
                idempotency_key: rpc::key(),
                number: "J420323-2020-000001".to_owned(),
                id_number: id_number("420323", "19930405", 777),
                ..Default::default()
            };
            send!(client.decline_restoration(message), token)
        }
        "ListDishonest" => {
            let message = pb::ListDishonestRequest::default();
            send!(client.list_dishonest(message), token)
        }
        "ContestDishonesty" => {
            let message = pb::ContestDishonestyRequest {
                idempotency_key: rpc::key(),
                id: ids.session.clone(),
                id_number: id_number("420323", "19930405", 777),
                objection: "身份证是被人冒用的".to_owned(),
            };
            send!(client.contest_dishonesty(message), token)
        }
        "LiftDishonesty" => {
            let message = pb::LiftDishonestyRequest {
                idempotency_key: rpc::key(),
                id: ids.session.clone(),
                lift: true,
                reason: "公安机关证明为冒用".to_owned(),
            };
            send!(client.lift_dishonesty(message), token)
        }
        other => bail!("no message for {other}: extend marriage.rs"),
    })
}

/// A batch of nobody.
async fn archive(
    mut client: ArchiveClient<Channel>,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let batch = ids.session.clone();
    Ok(match rpc {
        "CreateBatch" => {
            let message = pb::CreateBatchRequest {
                idempotency_key: rpc::key(),
                ..Default::default()
            };
            send!(client.create_batch(message), token)
        }
        "UploadEntries" => {
            let message = pb::UploadEntriesRequest {
                batch,
                ..Default::default()
            };
            send!(client.upload_entries(message), token)
        }
        "GetBatch" => send!(client.get_batch(pb::GetBatchRequest { id: batch }), token),
        "ListBatches" => send!(client.list_batches(pb::ListBatchesRequest {}), token),
        "ListProblems" => {
            let message = pb::ListProblemsRequest {
                batch,
                ..Default::default()
            };
            send!(client.list_problems(message), token)
        }
        "DecideRow" => {
            let message = pb::DecideRowRequest {
                idempotency_key: rpc::key(),
                batch,
                ..Default::default()
            };
            send!(client.decide_row(message), token)
        }
        "PublishBatch" => {
            let idempotency_key = rpc::key();
            let message = pb::PublishBatchRequest {
                idempotency_key,
                id: batch,
            };
            send!(client.publish_batch(message), token)
        }
        other => bail!("no message for {other}: extend marriage.rs"),
    })
}
