//! The county enters a station.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{not_theirs, stations, trail, worked_at},
    checks::{all_right, line, note},
};

/// The county enters a station: its number follows the township.
pub(in super::super) async fn station(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveStationRequest,
) -> Result<pb::Station, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_station", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(station) => return Ok(station),
    };
    let wanted = request.station.unwrap_or_default();
    let known = match wanted.code.trim() {
        "" => None,
        code => Some(worked_at(&mut tx, caller, code, &[Role::CountyOfficer]).await?),
    };
    let division = known.as_ref().map_or_else(
        || wanted.division.trim().to_owned(),
        |it| it.division.clone(),
    );
    if !caller.has(Role::CountyOfficer, &division) {
        return Err(not_theirs());
    }
    let mut wrong = Vec::new();
    let (name, address, phone) = (
        wanted.name.trim(),
        wanted.address.trim(),
        wanted.phone.trim(),
    );
    line(&mut wrong, "/station/name", name, "请填写站名。");
    line(&mut wrong, "/station/address", address, "请填写地址。");
    line(
        &mut wrong,
        "/station/phone",
        phone,
        "请填写24小时值班电话。",
    );
    let township = division.len() == 9 && division::find(&division).is_some();
    note(
        &mut wrong,
        !township,
        "/station/division",
        "请选择所在的乡镇（街道）。",
    );
    all_right(wrong)?;
    let code = match known {
        Some(station) => station.code,
        None => {
            let last: i64 =
                sqlx::query_scalar("select count(*) from rescue.station where division = $1")
                    .bind(&division)
                    .fetch_one(&mut *tx)
                    .await?;
            format!("{division}-JZ{:02}", last + 1)
        }
    };
    sqlx::query(
        "insert into rescue.station (code, name, division, address, phone, active, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (code) do update set name = excluded.name, address = excluded.address,
             phone = excluded.phone, active = excluded.active,
             version = station.version + 1, changed_at = excluded.changed_at",
    )
    .bind(&code)
    .bind(name)
    .bind(&division)
    .bind(address)
    .bind(phone)
    .bind(wanted.active)
    .bind(to_chrono(rt.now()))
    .execute(&mut *tx)
    .await?;
    let saved = stations::find(&mut tx, &code)
        .await?
        .ok_or_else(super::super::station_unknown)?;
    let detail = json!({ "name": saved.name, "phone": saved.phone, "active": saved.active });
    trail::saved(
        rt,
        &mut tx,
        caller,
        &saved,
        ("station", String::new()),
        detail,
    )
    .await?;
    claim.finish(rt, tx, station_out(saved)).await
}

/// A station on the wire.
pub(in super::super) fn station_out(station: stations::Station) -> pb::Station {
    pb::Station {
        code: station.code,
        name: station.name,
        division: station.division,
        address: station.address,
        phone: station.phone,
        active: station.active,
    }
}
