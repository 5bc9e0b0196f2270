//! The services themselves, reached as a process inside the house could:
//! with tokens of our own issuer, so that every kind of token can be tried.

use std::{
    collections::HashMap,
    fs,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use axum::{Json, Router, routing};
use tokio::net::TcpListener;
use tonic::{Status, transport::Channel};
use uuid::Uuid;
use yiwang_chassis::{
    grpc,
    identity::Caller,
    servers::free_port,
    testing::{ISSUER, TestIssuer},
};
use yiwang_e2e::{Family, Program, Suite, TOWNSHIP, binary, until_within};
use yiwang_proto::casework::v1::{self as pb, casework_client::CaseworkClient};

use crate::{
    burial::{self, Burial},
    calls::{OBJECTION, REASON, act_data, colleague},
    cast::{Actor, BROKEN},
    child::{self, Child},
    marriage::{self, Marriage},
    outcome::{Answer, of_grpc},
    rescue::{self, Rescue},
    rest::{MANDATE, RPC_FAMILIES},
    scene::{Ids, WHAT},
    table::Row,
    world::World,
};

/// The service that has the cases.
const CASEWORK: &str = "assistance";
/// A closed case that nobody opened.
const NOBODY: &str = "GA0";
/// A token is used again for so long; it lives for five minutes.
const REUSED_FOR: Duration = Duration::from_secs(200);

/// When a token was made, and the token.
type Minted = (Instant, String);

/// Second processes of the services on the same databases, which believe our issuer.
pub(crate) struct Service {
    pub(crate) issuer: TestIssuer,
    client: CaseworkClient<Channel>,
    marriage: Marriage,
    burial: Burial,
    rescue: Rescue,
    child: Child,
    /// Tokens that are still good for a while.
    minted: Mutex<HashMap<(Uuid, &'static str), Minted>>,
    // Dropped with us.
    _program: Program,
    _keys: tokio::task::JoinHandle<()>,
}

impl Service {
    /// Starts it.
    pub(crate) async fn start(suite: &Suite) -> anyhow::Result<Self> {
        let issuer = TestIssuer::new();
        let (keys_url, keys) = publish(&issuer).await?;
        let (program, channel) = second(suite, CASEWORK, &keys_url).await?;
        Ok(Self {
            issuer,
            client: CaseworkClient::new(channel),
            marriage: Marriage::start(suite, &keys_url).await?,
            burial: Burial::start(suite, &keys_url).await?,
            rescue: Rescue::start(suite, &keys_url).await?,
            child: Child::start(suite, &keys_url).await?,
            minted: Mutex::default(),
            _program: program,
            _keys: keys,
        })
    }

    /// A token of this caller for the service of the cases, as the gateway would reuse it.
    pub(crate) fn token(&self, caller: &Caller) -> String {
        self.token_for(caller, CASEWORK)
    }

    fn token_for(&self, caller: &Caller, audience: &'static str) -> String {
        let mut minted = self.minted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = minted.get(&(caller.account, audience));
        if let Some((_, token)) = known.filter(|(since, _)| since.elapsed() < REUSED_FOR) {
            return token.clone();
        }
        let token = self.issuer.token(caller, audience);
        minted.insert((caller.account, audience), (Instant::now(), token.clone()));
        token
    }

    /// Asks for the caller's own cases: the smallest call that needs a token.
    pub(crate) async fn greet(&self, token: Option<&str>) -> anyhow::Result<Answer> {
        let request = grpc::client::request(pb::ListOwnCasesRequest::default(), token)?;
        Ok(of_grpc(
            self.client.clone().list_own_cases(request).await.map(drop),
        ))
    }
}

/// Starts a second process of a service and waits until it is ready.
pub(crate) async fn second(
    suite: &Suite,
    name: &str,
    keys_url: &str,
) -> anyhow::Result<(Program, Channel)> {
    let [port, admin] = [free_port()?, free_port()?];
    let prefix = format!("YIWANG_{}__", name.to_uppercase());
    let set = |key: &str, value: String| (format!("{prefix}{key}"), value);
    let environment = [
        set("GRPC__LISTEN", format!("127.0.0.1:{port}")),
        set("ADMIN__LISTEN", format!("127.0.0.1:{admin}")),
        // The database server serves everybody twice here.
        set("DATABASE__MAX_CONNECTIONS", "4".to_owned()),
        set("IDENTITY__ISSUER", ISSUER.to_owned()),
        set("IDENTITY__JWKS_URL", keys_url.to_owned()),
    ];
    // As `yiwang up` wrote it, without what only a demonstration may have.
    let mut values = suite.configuration(name)?;
    values.remove("demo");
    let config = suite.data().join(format!("config/second-{name}.toml"));
    fs::write(&config, toml::to_string(&values)?)?;
    let config = config.display().to_string();
    let arguments = ["serve", name, "--config", &config].map(str::to_owned);
    let log = suite.data().join(format!("second-{name}.log"));
    let program = Program::start(&binary()?, &arguments, &environment, &log)?;
    let ready = format!("http://127.0.0.1:{admin}/readyz");
    let http = reqwest::Client::builder().no_proxy().build()?;
    let wait = until_within(
        Duration::from_secs(60),
        "the second service is ready",
        async || {
            Ok(http
                .get(&ready)
                .send()
                .await?
                .status()
                .is_success()
                .then_some(()))
        },
    );
    wait.await.with_context(|| program.last_words())?;
    let channel = grpc::client::channel(&format!("http://127.0.0.1:{port}"))?;
    Ok((program, channel))
}

/// Publishes the issuer's keys; gives their address.
async fn publish(issuer: &TestIssuer) -> anyhow::Result<(String, tokio::task::JoinHandle<()>)> {
    let keys = issuer.jwks();
    let router = Router::new().route("/keys", routing::get(move || async move { Json(keys) }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/keys", listener.local_addr()?);
    #[expect(clippy::disallowed_methods, reason = "lives as long as the test")]
    let task = tokio::spawn(async move {
        axum::serve(listener, router).await.unwrap_or_default();
    });
    Ok((url, task))
}

/// A service lets each connection go after five minutes; its clients ask once more, as the gateway
/// does. Any other answer counts as it is.
async fn once_more(ask: impl AsyncFn() -> anyhow::Result<Answer>) -> anyhow::Result<Answer> {
    match ask().await? {
        unheard if unheard.said.starts_with("Unavailable ") => ask().await,
        answer => Ok(answer),
    }
}

/// Makes the call of an RPC.
pub(crate) async fn call(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    once_more(async || called(world, row, actor, ids).await).await
}

async fn called(world: &World<'_>, row: &Row, actor: &Actor, ids: &Ids) -> anyhow::Result<Answer> {
    let service = &world.service;
    let (kind, name) = row.parts();
    // "Halls.Book" is the marriage service's, "Visits.BookVisit" the burial service's,
    // "GetCase" every service's.
    let contract = name.split_once('.').map(|(contract, _)| contract);
    let audience = match contract {
        Some(contract) if burial::CONTRACTS.contains(&contract) => burial::NAME,
        Some(contract) if rescue::CONTRACTS.contains(&contract) => rescue::NAME,
        Some(contract) if child::CONTRACTS.contains(&contract) => child::NAME,
        Some(_) => marriage::NAME,
        None => CASEWORK,
    };
    let token = match &actor.caller {
        Some(caller) => Some(service.token_for(caller, audience)),
        None if actor.is_broken() => Some(BROKEN.to_owned()),
        None => None,
    };
    let result = match kind {
        _ if audience == burial::NAME => {
            burial::call(&service.burial, name, token.as_deref(), ids).await?
        }
        _ if audience == rescue::NAME => {
            rescue::call(&service.rescue, name, token.as_deref()).await?
        }
        _ if audience == child::NAME => {
            child::call(&service.child, name, token.as_deref(), child::NOBODY).await?
        }
        _ if audience == marriage::NAME => {
            marriage::call(&service.marriage, name, token.as_deref(), ids).await?
        }
        "act" => {
            act(
                service.client.clone(),
                token.as_deref(),
                name,
                "{}".to_owned(),
                ids,
            )
            .await?
        }
        _ if name == "Act" => {
            let data = act_data(world, &row.label)?.to_string();
            let client = service.client.clone();
            act(client, token.as_deref(), &row.label, data, ids).await?
        }
        _ => {
            let client = service.client.clone();
            rpc(client, world, row, actor, token.as_deref(), ids).await?
        }
    };
    let mut answer = of_grpc(result);
    answer.whole = ids.anonymised(&answer.whole);
    Ok(answer)
}

/// Makes the call of an RPC about a case of the child service.
pub(crate) async fn of_child(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    once_more(async || called_of_child(world, row, actor, ids).await).await
}

async fn called_of_child(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    let service = &world.service;
    let token = match &actor.caller {
        Some(caller) => Some(service.token_for(caller, child::NAME)),
        None if actor.is_broken() => Some(BROKEN.to_owned()),
        None => None,
    };
    let (name, token) = (row.parts().1, token.as_deref());
    let result = match name.contains('.') {
        true => child::call(&service.child, name, token, &ids.number).await?,
        false if name == "Act" => {
            let data = act_data(world, &row.label)?.to_string();
            let client = service.child.casework();
            act(client, token, &row.label, data, ids).await?
        }
        false => rpc(service.child.casework(), world, row, actor, token, ids).await?,
    };
    let mut answer = of_grpc(result);
    answer.whole = ids.anonymised(&answer.whole);
    Ok(answer)
}

/// Makes one call and keeps only whether it was made.
macro_rules! send {
    ($client:ident.$method:ident($message:expr), $token:ident) => {
        $client
            .$method(grpc::client::request($message, $token)?)
            .await
            .map(drop)
    };
}

pub(crate) use send;

/// What came of a call.
pub(crate) type Outcome = Result<(), Status>;

async fn act(
    mut client: CaseworkClient<Channel>,
    token: Option<&str>,
    action: &str,
    data: String,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let message = pb::ActRequest {
        idempotency_key: key(),
        number: ids.number.clone(),
        action: action.to_owned(),
        data,
        expected_version: 0,
        files: vec![],
    };
    let request = grpc::client::request(message, token)?;
    Ok(client.act(request).await.map(drop))
}

/// An idempotency key.
pub(crate) fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

async fn rpc(
    mut client: CaseworkClient<Channel>,
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    macro_rules! send {
        ($method:ident, $message:expr) => {
            client
                .$method(grpc::client::request($message, token)?)
                .await
                .map(drop)
        };
    }
    let (number, item) = (ids.number.clone(), WHAT.to_owned());
    Ok(match row.parts().1 {
        "ListItems" => send!(list_items, pb::ListItemsRequest {}),
        "GetItem" => send!(get_item, pb::GetItemRequest { code: item }),
        "SaveDraft" => {
            let form = "{}".to_owned();
            send!(
                save_draft,
                pb::SaveDraftRequest {
                    item,
                    form,
                    ..Default::default()
                }
            )
        }
        "GetDraft" => send!(get_draft, pb::GetDraftRequest { item }),
        "ListDrafts" => send!(list_drafts, pb::ListDraftsRequest {}),
        "DiscardDraft" => send!(discard_draft, pb::DiscardDraftRequest { item }),
        "Submit" => send!(submit, submission(actor)?),
        "GetCase" => send!(get_case, pb::GetCaseRequest { number }),
        "GetHistory" => send!(get_history, pb::GetHistoryRequest { number }),
        "GetRipple" => {
            let action = "confirm".to_owned();
            send!(get_ripple, pb::GetRippleRequest { number, action })
        }
        "TraceRipple" => {
            let change = "death".to_owned();
            send!(
                trace_ripple,
                pb::Ripple {
                    change,
                    ..Default::default()
                }
            )
        }
        "ListOwnCases" => send!(list_own_cases, pb::ListOwnCasesRequest::default()),
        "ListWork" => {
            let view = "REGION".to_owned();
            send!(
                list_work,
                pb::ListWorkRequest {
                    view,
                    ..Default::default()
                }
            )
        }
        "HandOver" => {
            let (to_account, to_name) = colleague(world, actor, &row.label)?;
            let reason = "下乡一周".to_owned();
            send!(
                hand_over,
                pb::HandOverRequest {
                    idempotency_key: key(),
                    number,
                    to_account,
                    to_name,
                    reason
                }
            )
        }
        "Reveal" => {
            let (pointer, reason) = ("/applicant/id_number".to_owned(), REASON.to_owned());
            send!(
                reveal,
                pb::RevealRequest {
                    number,
                    pointer,
                    reason
                }
            )
        }
        "GetDocument" => {
            let id = ids.document.clone();
            send!(get_document, pb::GetDocumentRequest { number, id })
        }
        "ListNotices" => send!(list_notices, pb::ListNoticesRequest::default()),
        "GetNotice" => send!(
            get_notice,
            pb::GetNoticeRequest {
                id: ids.notice.clone()
            }
        ),
        "ObjectToNotice" => send!(object_to_notice, objection(ids)),
        "DeliverCallback" => send!(deliver_callback, forged_callback()),
        "ListOwnCertificates" => {
            send!(
                list_own_certificates,
                pb::ListOwnCertificatesRequest::default()
            )
        }
        "GetCertificate" => {
            let id = ids.certificate.clone();
            send!(get_certificate, pb::GetCertificateRequest { id })
        }
        "ShowCertificate" => {
            let id = ids.certificate.clone();
            send!(show_certificate, pb::ShowCertificateRequest { id })
        }
        "CheckShown" => {
            let code = "0".repeat(32);
            send!(check_shown, pb::CheckShownRequest { code })
        }
        "CheckCertificate" => {
            let statement = format!("YW1.e30.{}", "A".repeat(86));
            send!(check_certificate, pb::CheckCertificateRequest { statement })
        }
        "RequestAccess" => send!(
            request_access,
            pb::RequestAccessRequest {
                idempotency_key: key(),
                number: NOBODY.to_owned(),
                reason: REASON.to_owned(),
            }
        ),
        "ListAccessRequests" => send!(
            list_access_requests,
            pb::ListAccessRequestsRequest::default()
        ),
        "DecideAccess" => send!(
            decide_access,
            pb::DecideAccessRequest {
                idempotency_key: key(),
                id: key(),
                approve: true,
                reason: REASON.to_owned(),
                days: 1,
            }
        ),
        "BreakGlass" => send!(
            break_glass,
            pb::BreakGlassRequest {
                idempotency_key: key(),
                number: NOBODY.to_owned(),
                reason: REASON.to_owned(),
            }
        ),
        "ReviewBreakGlass" => send!(
            review_break_glass,
            pb::ReviewBreakGlassRequest {
                idempotency_key: key(),
                id: key(),
                justified: true,
                reason: REASON.to_owned(),
            }
        ),
        "GetAccessReport" => send!(
            get_access_report,
            pb::GetAccessReportRequest {
                month: "2026-05".to_owned(),
                ..Default::default()
            }
        ),
        "GetStatistics" => send!(get_statistics, pb::GetStatisticsRequest::default()),
        other => bail!("no message for {other}: extend rpc.rs"),
    })
}

fn submission(actor: &Actor) -> anyhow::Result<pb::SubmitRequest> {
    let family = Family::new(RPC_FAMILIES + u16::try_from(actor.index)?);
    Ok(pb::SubmitRequest {
        idempotency_key: key(),
        item: WHAT.to_owned(),
        division: TOWNSHIP.to_owned(),
        form: family.form().to_string(),
        materials: vec![pb::MaterialRef {
            code: MANDATE.to_owned(),
            file_id: key(),
            file_name: "委托书.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            size: 1,
            sha256: "0".repeat(64),
        }],
    })
}

fn objection(ids: &Ids) -> pb::ObjectToNoticeRequest {
    pb::ObjectToNoticeRequest {
        idempotency_key: key(),
        notice_id: ids.notice.clone(),
        content: OBJECTION.to_owned(),
        ..Default::default()
    }
}

fn forged_callback() -> pb::DeliverCallbackRequest {
    pb::DeliverCallbackRequest {
        department: "check-centre".to_owned(),
        body: b"{}".to_vec(),
        signature: "00".repeat(32),
    }
}
