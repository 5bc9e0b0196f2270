//! Payments and comparison.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_proto::child::v1::{self as pb, entitlements_client::EntitlementsClient};

use super::{COUNTY, TOWNSHIP};
use crate::rpc::{self, Outcome, send};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    number: &str,
) -> anyhow::Result<Outcome> {
    let mut client = EntitlementsClient::new(channel);
    Ok(match rpc {
        "ListPayments" => {
            let message = pb::ListPaymentsRequest {
                case_number: number.to_owned(),
            };
            send!(client.list_payments(message), token)
        }
        "GetPaymentRun" => {
            let message = pb::GetPaymentRunRequest {
                county: COUNTY.to_owned(),
                ..Default::default()
            };
            send!(client.get_payment_run(message), token)
        }
        "MakePaymentRun" => {
            let message = pb::MakePaymentRunRequest {
                idempotency_key: rpc::key(),
                county: COUNTY.to_owned(),
                ..Default::default()
            };
            send!(client.make_payment_run(message), token)
        }
        "RepeatPayment" => {
            let message = pb::RepeatPaymentRequest {
                idempotency_key: rpc::key(),
                id: rpc::key(),
            };
            send!(client.repeat_payment(message), token)
        }
        "GetStandard" => {
            let message = pb::GetStandardRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.get_standard(message), token)
        }
        "ListComparisons" => {
            let message = pb::ListComparisonsRequest {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            send!(client.list_comparisons(message), token)
        }
        other => bail!("no message for {other}: extend child/entitlements.rs"),
    })
}
