//! Tasks.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, tasks_client::TasksClient};

use super::TOWNSHIP;
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
) -> anyhow::Result<Outcome> {
    let mut client = TasksClient::new(channel);
    Ok(match rpc {
        "ListTasks" => {
            let message = pb::ListTasksRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_tasks(message), token)
        }
        "TakeTask" => {
            let message = pb::TakeTaskRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
            };
            send!(client.take_task(message), token)
        }
        "DoneTask" => {
            let message = pb::DoneTaskRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
                ..Default::default()
            };
            send!(client.done_task(message), token)
        }
        other => bail!("no message for {other}: extend child/tasks.rs"),
    })
}
