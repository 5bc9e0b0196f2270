//! Reads the ID card that lies on a reader of a hall. Who read where is audited.

use serde::Deserialize;
use serde_json::json;
use yiwang_casework::{Runtime, department::Client};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::marriage::v1 as pb;

use super::{at_counter, hall_unknown, store, trail};

/// Longest name of a reader.
const LONGEST: usize = 32;

/// A card as the reader gives it (deploy/sandbox.md).
#[derive(Deserialize)]
struct Card {
    name: String,
    sex: String,
    nation: String,
    birth_date: String,
    address: String,
    id_number: String,
    authority: String,
    valid_from: String,
    valid_to: String,
}

pub(super) async fn read(
    rt: &Runtime,
    reader: &Client,
    caller: &Caller,
    request: pb::ReadCardRequest,
) -> Result<pb::Card, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let hall = store::hall(&mut conn, &request.hall).await?;
    let hall = hall.ok_or_else(hall_unknown)?;
    // No connection is held while the reader works.
    drop(conn);
    at_counter(caller, &hall.division)?;
    if !is_reader(&request.reader) {
        let message = "请填写读卡器的名称，只能用字母、数字和横线。";
        return Err(Fault::invalid_field("/reader", "READER_UNKNOWN", message));
    }
    let path = format!("/readers/{}/{}", hall.code, request.reader);
    let answer = reader.get(&path).await.map_err(|error| {
        let message = "读卡器连不上，请检查读卡器后再试。";
        Fault::new(Code::Unavailable, "READER_AWAY", message).caused_by(error)
    })?;
    let answer = answer
        .ok_or_else(|| Fault::precondition("NO_CARD", "读卡器上没有身份证，请放好后再读。"))?;
    // The cause would quote the card.
    let card: Card = serde_json::from_value(answer)
        .map_err(|_| Fault::internal("the reader's answer has another form"))?;
    let object = format!("hall/{}", hall.code);
    let detail = json!({ "reader": request.reader });
    let mut entry = trail::entry(rt, Some(caller), "card.read", object, detail);
    entry.purpose = Some("窗口核验当事人身份".to_owned());
    let mut conn = rt.pool.acquire().await?;
    audit::record(&mut conn, &entry).await?;
    Ok(pb::Card {
        name: card.name,
        sex: card.sex,
        nation: card.nation,
        birth_date: card.birth_date,
        address: card.address,
        id_number: card.id_number,
        authority: card.authority,
        valid_from: card.valid_from,
        valid_to: card.valid_to,
    })
}

/// It becomes part of an address: nothing in it may lead elsewhere.
fn is_reader(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain)
}
