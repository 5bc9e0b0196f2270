//! A passer-by tells of somebody in the street: no account, no name. It stands in the list of the
//! station at once; who goes there writes what became of it.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{
    all_right,
    encounter::{self, Encounter},
    line, trail,
};
use crate::{
    domain::street::{
        fields::Fields,
        merge::{Mark, Written},
        words::{Group, Outcome},
    },
    stays::stations::{self, Station},
};

/// Digits of a place's code: county, prefecture.
const LEVELS: [usize; 2] = [6, 4];

pub(super) async fn run(
    rt: &Runtime,
    mut request: pb::TellOfSomebodyRequest,
) -> Result<pb::TellOfSomebodyResponse, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let claim = match once::claim(rt, &mut tx, "tell_of_somebody", None, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let fields = read(&request)?;
    let station = nearest(&mut tx, request.division.trim()).await?;
    let now = rt.now();
    let one = Encounter {
        id: ids::new(now),
        station: station.code.clone(),
        patrol: None,
        at: now,
        received_at: now,
        outcome: Outcome::Told.code().to_owned(),
        source: "public".to_owned(),
        state: "open".to_owned(),
        follow_up_on: None,
        case_number: None,
        written: written(&fields),
        by: "群众反映".to_owned(),
        account: None,
        version: 1,
    };
    encounter::save(rt, &mut tx, &one).await?;
    let told = trail::Told {
        id: one.id,
        station: &station,
        outcome: &one.outcome,
        case_number: "",
    };
    trail::encounter(rt, &mut tx, None, "told", told).await?;
    let answer = pb::TellOfSomebodyResponse {
        id: one.id.to_string(),
        message: format!(
            "已经告诉{}，工作人员会去看望。人有危险、生病、受伤的，请马上拨打120、110；\
             情况有变化的，请拨打{}，24小时有人接听。",
            station.name, station.phone
        ),
        station_name: station.name,
        phone: station.phone,
    };
    claim.finish(rt, tx, answer).await
}

fn read(request: &pb::TellOfSomebodyRequest) -> Result<Fields, Fault> {
    let mut wrong = Vec::new();
    let (place, said) = (request.place.trim(), request.said.trim());
    line(
        &mut wrong,
        "/place",
        place,
        100,
        "请写明在什么地方，例如“客运站出站口旁边”。",
    );
    line(
        &mut wrong,
        "/said",
        said,
        500,
        "请写明看到的情况，500个字以内。",
    );
    let groups: Vec<Group> = request
        .groups
        .iter()
        .filter_map(|code| Group::from_code(code))
        .collect();
    if groups.len() < request.groups.len() {
        wrong.push(FieldViolation::new(
            "/groups",
            "WRONG_VALUE",
            "请重新选择。",
        ));
    }
    let fields = Fields {
        outcome: Some(Outcome::Told),
        place: place.to_owned(),
        note: said.to_owned(),
        sex: request.sex.trim().to_owned(),
        looks_age: u8::try_from(request.looks_age).ok().filter(|age| *age > 0),
        groups,
        teller_phone: request.phone.trim().to_owned(),
        ..Fields::default()
    };
    wrong.extend(fields.malformed());
    all_right(wrong)?;
    Ok(fields)
}

/// As nobody's phone wrote it: whoever goes there writes over it.
fn written(fields: &Fields) -> Written {
    let told = fields.map().into_iter();
    let mut fields = serde_json::Map::new();
    fields.extend(told.filter(|(_, value)| !matches!(value, Value::Null)));
    let mark = Mark {
        version: 1,
        device: Uuid::nil(),
    };
    Written {
        marks: fields.keys().map(|field| (field.clone(), mark)).collect(),
        fields,
        ..Written::default()
    }
}

/// The station of the county, or else one of the prefecture.
async fn nearest(conn: &mut PgConnection, code: &str) -> Result<Station, Fault> {
    if division::find(code).is_none() {
        let message = "请选择所在的县（市、区）。";
        return Err(Fault::invalid_field(
            "/division",
            "DIVISION_UNKNOWN",
            message,
        ));
    }
    for digits in LEVELS {
        let Some(scope) = code.get(..digits) else {
            continue;
        };
        if let Some(station) = stations::list(conn, scope).await?.into_iter().next() {
            return Ok(station);
        }
    }
    let message = "这里还没有接入的救助管理站。请拨打110，或者当地民政局的电话。";
    Err(Fault::new(Code::NotFound, "NO_STATION", message))
}
