//! The registrars of a hall: trained and examined before they register (条例第六条).

use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller, journal};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    kept, locked,
    store::{self, Registrar},
    valid::{self, Wrong},
};
use crate::halls::trail;

/// Longest name, in characters.
const LONGEST: usize = 50;

/// The registrars of a hall, former ones last.
pub(in crate::halls) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListRegistrarsRequest,
) -> Result<pb::RegistrarList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let hall = kept(&mut conn, caller, &request.hall).await?;
    let today = time::beijing_date(rt.now());
    let found = store::registrars(&mut conn, &hall.code).await?;
    let registrars = found.into_iter().map(|one| shown(one, today)).collect();
    Ok(pb::RegistrarList { registrars })
}

/// Adds a registrar or changes one. Who leaves stays in the list, since what they registered
/// stays.
pub(in crate::halls) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveRegistrarRequest,
) -> Result<pb::Registrar, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let hall = kept(&mut tx, caller, &request.hall).await?;
    let today = time::beijing_date(rt.now());
    let one = read(&request, today)?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_registrar", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(registrar) => return Ok(registrar),
    };
    let hall = locked(&mut tx, caller, &hall.code).await?;
    store::save_registrar(&mut tx, &hall.code, &one, rt.now()).await?;
    let detail = json!({
        "registrar": one.account, "active": one.active, "qualified_until": one.qualified_until,
        "trained_on": one.trained_on, "examined_on": one.examined_on, "kinds": one.kinds,
    });
    let object = format!("hall/{}", hall.code);
    let entry = trail::entry(rt, Some(caller), "hall.registrar", object, detail);
    let event = trail::of_hall(rt, &hall, "registrar", String::new());
    journal::write(&mut tx, &entry, &event).await?;
    claim.finish(rt, tx, shown(one, today)).await
}

fn shown(one: Registrar, today: Date) -> pb::Registrar {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    pb::Registrar {
        may_register: one.may_register(today),
        account: one.account.to_string(),
        name: one.name,
        active: one.active,
        qualified_until: one.qualified_until.to_string(),
        trained_on: day(one.trained_on),
        examined_on: day(one.examined_on),
        kinds: one.kinds,
    }
}

fn read(request: &pb::SaveRegistrarRequest, today: Date) -> Result<Registrar, Fault> {
    let mut wrong = Wrong::default();
    let account: Option<Uuid> = request.account.trim().parse().ok();
    if account.is_none() {
        let message = "请填写登记员的登录名，须是本地区窗口人员的账号。";
        wrong.note("/account", "NO_ACCOUNT", message);
    }
    let name = request.name.trim().to_owned();
    let plain = is_readable(&name) && !name.contains(char::is_control);
    if !plain || !(1..=LONGEST).contains(&name.chars().count()) {
        wrong.note("/name", "NAME", "请填写登记员的姓名。");
    }
    let mut day = |field: &str, text: &str, needed: bool, message: &str| {
        let text = text.trim();
        let found = text.parse::<Date>().ok();
        if found.is_none() && (needed || !text.is_empty()) {
            wrong.note(field, "NOT_A_DAY", message);
        }
        found
    };
    let active = request.active;
    let until = day(
        "/qualified_until",
        &request.qualified_until,
        true,
        "请填写资格有效期的最后一天，例如2028-12-31。",
    );
    let trained = day(
        "/trained_on",
        &request.trained_on,
        active,
        "请填写培训结业的日期；没有培训、考核合格的不能办理登记。",
    );
    let examined = day(
        "/examined_on",
        &request.examined_on,
        active,
        "请填写考核合格的日期；没有培训、考核合格的不能办理登记。",
    );
    if trained.is_some_and(|day| day > today) {
        wrong.note("/trained_on", "LATER", "培训结业的日期还没有到，请核对。");
    }
    if examined.is_some_and(|day| day > today) {
        wrong.note("/examined_on", "LATER", "考核合格的日期还没有到，请核对。");
    }
    if let (Some(trained), Some(examined)) = (trained, examined)
        && examined < trained
    {
        let message = "考核在培训以后，请核对两个日期。";
        wrong.note("/examined_on", "BEFORE_TRAINING", message);
    }
    if let (Some(examined), Some(until)) = (examined, until)
        && until < examined
    {
        let message = "资格有效期在考核以后，请核对。";
        wrong.note("/qualified_until", "BEFORE_EXAM", message);
    }
    let kinds = valid::kinds(&request.kinds, "/kinds", &mut wrong);
    let registrar = account.zip(until).map(|(account, until)| Registrar {
        account,
        name,
        active,
        qualified_until: until,
        trained_on: trained,
        examined_on: examined,
        kinds,
    });
    wrong.or(registrar)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn nobody_registers_untrained_or_unexamined() {
        let today = date(2026, 5, 12);
        let good = pb::SaveRegistrarRequest {
            account: Uuid::nil().to_string(),
            name: "孙丽".into(),
            active: true,
            qualified_until: "2028-12-31".into(),
            trained_on: "2025-03-01".into(),
            examined_on: "2025-03-10".into(),
            kinds: vec!["mainland".into()],
            ..Default::default()
        };
        assert!(read(&good, today).is_ok());
        let wrong = |change: fn(&mut pb::SaveRegistrarRequest)| {
            let mut request = good.clone();
            change(&mut request);
            let fields = read(&request, today).unwrap_err().fields;
            let fields = fields.into_iter().map(|one| one.field);
            fields.collect::<Vec<String>>()
        };
        assert_eq!(wrong(|one| one.account = "hall1".into()), ["/account"]);
        assert_eq!(wrong(|one| one.trained_on.clear()), ["/trained_on"]);
        assert_eq!(
            wrong(|one| one.examined_on = "2026-05-13".into()),
            ["/examined_on"]
        );
        assert_eq!(
            wrong(|one| one.examined_on = "2025-02-01".into()),
            ["/examined_on"]
        );
        assert_eq!(
            wrong(|one| one.qualified_until = "2025-03-09".into()),
            ["/qualified_until"]
        );
        assert_eq!(wrong(|one| one.kinds = vec!["x".into()]), ["/kinds"]);
        // Who left needs no dates.
        let former = pb::SaveRegistrarRequest {
            active: false,
            trained_on: String::new(),
            examined_on: String::new(),
            ..good.clone()
        };
        assert!(read(&former, today).is_ok());
    }
}
