//! A place is taken for a while, or let go again.

use axum::{extract::Request, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

use super::{Look, draw};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    prefill::prefill,
    view::{Trouble, cemeteries::href},
};

/// The application for a place.
const ITEM: &str = "grave";

/// Holds a place, or lets it go.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let code = desk.param(0)?.to_owned();
    let (area, spot) = (body.text("area").to_owned(), body.text("spot").to_owned());
    let idempotency_key = body.text("key").to_owned();
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let desk = desk
        .clone()
        .at(href(&code, &[("area", &area), ("spot", &spot)]));
    let (done, outcome) = match body.text("do") {
        "release" => {
            let request = pb::ReleaseHoldRequest {
                idempotency_key,
                spot: spot.clone(),
            };
            ("release", backends.release_spot(who, request).await)
        }
        _ => {
            let request = pb::HoldSpotRequest {
                idempotency_key,
                spot: spot.clone(),
            };
            ("hold", backends.hold_spot(who, request).await)
        }
    };
    match outcome {
        Ok(held) => {
            if done == "hold" {
                let division = held.facility.get(..9).unwrap_or_default();
                let answers = [("facility", held.facility.as_str()), ("spot", &held.spot)];
                prefill(&desk, ITEM, division, &answers).await?;
            }
            Ok(go(&href(&code, &[("area", &area), ("done", done)])))
        }
        Err(fault) if fault.code == Code::PreconditionFailed => {
            let look = Look {
                others: others(&fault),
                problems: vec![Trouble::general(fault.message.clone())],
                area,
                spot,
                ..Look::default()
            };
            draw(&desk, &code, look, fault.http_status()).await
        }
        Err(fault) => Err(fault),
    }
}

/// The next free places that a refusal names: id, then label.
fn others(fault: &Fault) -> Vec<(String, String)> {
    let free = fault.fields.iter().filter(|field| field.reason == "FREE");
    let split = free.filter_map(|field| field.message.split_once(' '));
    split
        .map(|(id, label)| (id.to_owned(), label.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use yiwang_chassis::fault::FieldViolation;

    use super::*;

    #[test]
    fn other_places_are_read_from_the_refusal() {
        let mut fault = Fault::precondition("SPOT_TAKEN", "这个位置刚刚被别人选走了。");
        fault.fields = vec![
            FieldViolation::new("/spot", "FREE", "0190 松鹤区3排6号"),
            FieldViolation::new("/spot", "OTHER", "0191 松鹤区3排7号"),
        ];
        let expected = [("0190".to_owned(), "松鹤区3排6号".to_owned())];
        assert_eq!(others(&fault), expected);
    }
}
