//! The register of deaths: a certificate, a revocation and an alarm of nobody.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::burial::v1::{self as pb, deaths_client::DeathsClient};

use crate::rpc::{self, Outcome, send};

/// A number that nobody has.
const NUMBER: &str = "4212240000000";
const REASON: &str = "已与签发单位核对";

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = DeathsClient::new(channel);
    Ok(match rpc {
        "GetDeath" => {
            let message = pb::GetDeathRequest {
                number: NUMBER.to_owned(),
            };
            send!(client.get_death(message), token)
        }
        "UseDeath" => {
            let message = pb::UseDeathRequest {
                idempotency_key: rpc::key(),
                number: NUMBER.to_owned(),
                used_for: "police".to_owned(),
            };
            send!(client.use_death(message), token)
        }
        "ListDeathRevocations" => {
            let message = pb::ListDeathRevocationsRequest::default();
            send!(client.list_death_revocations(message), token)
        }
        "AskDeathRevocation" => {
            let message = pb::AskDeathRevocationRequest {
                idempotency_key: rpc::key(),
                number: NUMBER.to_owned(),
                reason: REASON.to_owned(),
            };
            send!(client.ask_death_revocation(message), token)
        }
        "DecideDeathRevocation" => {
            let message = pb::DecideDeathRevocationRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
                agree: false,
                reason: REASON.to_owned(),
            };
            send!(client.decide_death_revocation(message), token)
        }
        "ListDeathAlarms" => {
            let message = pb::ListDeathAlarmsRequest::default();
            send!(client.list_death_alarms(message), token)
        }
        "SettleDeathAlarm" => {
            let message = pb::SettleDeathAlarmRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
                settlement: REASON.to_owned(),
                outcome: String::new(),
            };
            send!(client.settle_death_alarm(message), token)
        }
        other => bail!("no message for {other}: extend burial/deaths.rs"),
    })
}
