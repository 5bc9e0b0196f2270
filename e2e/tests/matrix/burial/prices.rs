//! The price list, and the bills of a case of nobody.

use anyhow::bail;
use tonic::transport::Channel;
use yiwang_chassis::grpc;
use yiwang_e2e::TOWNSHIP;
use yiwang_proto::burial::v1::{self as pb, prices_client::PricesClient};

use crate::{
    rpc::{self, Outcome, send},
    scene::Ids,
};

/// Makes the call.
pub(super) async fn call(
    channel: Channel,
    rpc: &str,
    token: Option<&str>,
    ids: &Ids,
) -> anyhow::Result<Outcome> {
    let mut client = PricesClient::new(channel);
    Ok(match rpc {
        "ListPrices" => {
            let message = pb::ListPricesRequest::default();
            send!(client.list_prices(message), token)
        }
        "ListWaivers" => {
            let message = pb::ListWaiversRequest::default();
            send!(client.list_waivers(message), token)
        }
        "ListBills" => {
            let message = pb::ListBillsRequest {
                case_number: ids.number.clone(),
            };
            send!(client.list_bills(message), token)
        }
        "SavePrice" => {
            let price = pb::Price {
                division: TOWNSHIP.to_owned(),
                ..Default::default()
            };
            let message = pb::SavePriceRequest {
                idempotency_key: rpc::key(),
                price: Some(price),
            };
            send!(client.save_price(message), token)
        }
        other => bail!("no message for {other}: extend burial/prices.rs"),
    })
}
