//! Draws of inspections in 通山县: one was drawn, one waits. The service draws them itself, so
//! that anybody may draw again.

use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Grant, Role},
};
use yiwang_proto::burial::v1 as pb;

use crate::inspection;

const COUNTY: &str = "421224";
/// 执法证号 and name.
const INSPECTORS: [(&str, &str); 4] = [
    ("鄂L140021", "赵敏"),
    ("鄂L140035", "钱进"),
    ("鄂L140048", "孙立"),
    ("鄂L140052", "李想"),
];

/// Prepares both and draws the first.
pub(super) async fn draws(rt: &Runtime) -> Result<(), Fault> {
    let officer = Caller {
        account: Uuid::from_u128(0xB0D2),
        name: "赵敏".to_owned(),
        person: None,
        grants: vec![Grant::new(Role::CountyOfficer, COUNTY)],
        session: None,
        on_behalf_of: None,
    };
    let drawn = prepared(rt, &officer, 1, "殡葬服务和收费公示检查").await?;
    let run = pb::RunDrawRequest {
        idempotency_key: key(2),
        id: drawn.id,
    };
    inspection::run(rt, &officer, run).await?;
    prepared(rt, &officer, 3, "公墓墓位面积和使用年限检查").await?;
    Ok(())
}

async fn prepared(
    rt: &Runtime,
    officer: &Caller,
    nth: u128,
    title: &str,
) -> Result<pb::Draw, Fault> {
    let inspector = |(id, name): (&str, &str)| pb::Inspector {
        id: id.to_owned(),
        name: name.to_owned(),
        avoids: vec![],
    };
    let request = pb::PrepareDrawRequest {
        idempotency_key: key(nth),
        county: COUNTY.to_owned(),
        title: title.to_owned(),
        pool: vec![],
        inspectors: INSPECTORS.map(inspector).to_vec(),
        wanted: 2,
        each: 2,
    };
    inspection::prepare(rt, officer, request).await
}

fn key(nth: u128) -> String {
    Uuid::from_u128(0xB0D3 << 64 | nth).to_string()
}
