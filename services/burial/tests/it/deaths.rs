//! The register of deaths: paper, feed, declarations, uses, revocations, alarms.

mod declaration;
mod feed;
mod paper;
mod register;

use prost::Message as _;
use serde_json::{Value, json};
use yiwang_burial::domain::{
    death::{CauseClass, Event, Identity, NewDeath, Source},
    document::DeadDocument,
};
use yiwang_proto::burial::v1::DeathRecorded;

use crate::world::{TONGSHAN, World};

/// 大畈镇卫生院, made up, with a right check character.
pub(crate) const CLINIC: &str = "124212244200000010";

/// A certificate of somebody with this ID number, as the register takes it.
pub(crate) fn death(id: &str) -> NewDeath {
    let document = DeadDocument::CitizenId.read("", id).unwrap();
    NewDeath {
        number: id.to_owned(),
        identity: Identity {
            name: "王德发".to_owned(),
            document,
            sex: None,
            born: None,
            household: TONGSHAN.to_owned(),
            ethnicity: "01".to_owned(),
        },
        event: Event {
            died_at: "2026-05-10T19:20:00Z".parse().unwrap(),
            minute_known: true,
            place: TONGSHAN.to_owned(),
            cause: CauseClass::Natural,
            infectious: false,
            cause_text: "心肌梗死".to_owned(),
        },
        issuer: CLINIC.to_owned(),
        issuer_name: "大畈镇卫生院".to_owned(),
        signed_on: "2026-05-11".parse().unwrap(),
        source: Source::Health,
        reference: format!("JK{}", &id[14..17]),
        case_number: None,
    }
}

/// A paper as the clinic enters it: somebody who died at home on 2026-05-11, signed the same
/// day under DC13.
pub(crate) fn form(id: &str, number: &str) -> Value {
    json!({
        "applicant": { "name": "王小明", "document": "citizen_id",
            "id_number": "11010519491231002X", "relation": "child", "phone": "13800001234" },
        "dead": { "name": "王德发", "document": "citizen_id", "id_number": id,
            "household": TONGSHAN, "ethnicity": "01",
            "died_on": "2026-05-11", "died_time": "03:20" },
        "place": { "kind": "home", "division": TONGSHAN, "cause": "natural" },
        "paper": { "number": number, "signer": "primary", "issuer": CLINIC,
            "issuer_name": "大畈镇卫生院", "signed_on": "2026-05-11", "village_proof": true },
    })
}

/// What the others were told of deaths: event, day, reference; in order.
pub(crate) async fn told(world: &World, id: &str) -> Vec<(String, String, String)> {
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select event_type, payload from chassis.outbox
          where aggregate = 'death' and aggregate_id = $1 order by version",
    )
    .bind(world.key(id))
    .fetch_all(&world.db.pool)
    .await
    .unwrap();
    let told = rows.into_iter().map(|(kind, payload)| {
        let death = DeathRecorded::decode(payload.as_slice()).unwrap();
        assert_eq!(death.person, world.key(id));
        assert_ne!(death.certificate, id);
        let kind = kind.strip_prefix("yiwang.burial.death.").unwrap();
        let kind = kind.strip_suffix(".v1").unwrap();
        (kind.to_owned(), death.died_on, death.certificate)
    });
    told.collect()
}
