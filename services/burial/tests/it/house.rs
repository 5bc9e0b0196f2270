//! 通山县殡仪馆 with its staff, and deaths on record.

use jiff::civil::date;
use serde_json::{Value, json};
use yiwang_burial::{
    chain::{FuneralsService, demo},
    deaths::{self, By},
    domain::{
        death::{CauseClass, Event, Identity, NewDeath, Source},
        document::Document,
    },
};
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1 as pb;

use crate::world::{TONGSHAN, World, officer};

/// The home.
pub(crate) const HOME: &str = demo::TONGSHAN;

/// A world with the home open.
pub(crate) struct House {
    pub(crate) world: World,
    pub(crate) funerals: FuneralsService,
    /// Works at the home.
    pub(crate) first: Caller,
    /// The colleague.
    pub(crate) second: Caller,
    /// Of the county.
    pub(crate) county: Caller,
}

/// A right ID number of a man of 通山县, by birth and serial.
pub(crate) fn id_number(birth: &str, serial: u32) -> String {
    let body = format!("421224{birth}{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = char::from(b"10X98765432"[usize::try_from(sum % 11).unwrap()]);
    format!("{body}{check}")
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::over(World::new().await).await
    }

    /// The home in a world with a bank.
    pub(crate) async fn over(world: World) -> Self {
        demo::seed(&world.db.pool).await.unwrap();
        Self {
            funerals: FuneralsService::new(world.rt.clone()),
            first: officer(501, "王建军", Role::Funeral, "421224"),
            second: officer(502, "陈志强", Role::Funeral, "421224"),
            county: officer(503, "赵敏", Role::CountyOfficer, "421224"),
            world,
        }
    }

    /// Records a death under a number; no ID number: nameless.
    pub(crate) async fn died(&self, number: &str, name: &str, id: &str, infectious: bool) {
        let death = NewDeath {
            number: number.to_owned(),
            identity: Identity {
                name: name.to_owned(),
                document: Document::CitizenId.read("", id).ok(),
                sex: None,
                born: None,
                household: TONGSHAN.to_owned(),
                ethnicity: "01".to_owned(),
            },
            event: Event {
                died_at: "2026-05-11T20:00:00Z".parse().unwrap(),
                minute_known: true,
                place: TONGSHAN.to_owned(),
                cause: CauseClass::Natural,
                infectious,
                cause_text: "心力衰竭".to_owned(),
            },
            issuer: "12421224MB0000000X".to_owned(),
            issuer_name: "通羊镇卫生院".to_owned(),
            signed_on: date(2026, 5, 12),
            source: Source::Health,
            reference: format!("ref-{number}"),
            case_number: None,
        };
        let by = By {
            actor: "system:test",
            name: "卫生健康部门",
        };
        let mut tx = self.world.db.pool.begin().await.unwrap();
        let now = self.world.clock.now();
        deaths::record(&self.world.rt, &mut tx, &death, by, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A family's notice of the `nth` death, filed by its handler.
    pub(crate) async fn notified(&self, nth: u32) -> (String, Caller) {
        let (dead, handler) = people(nth);
        self.died(&certificate(nth), "张德福", &dead, false).await;
        let family = self.world.citizen(&handler);
        let form = notice(nth);
        let case = self
            .world
            .submit(&family, "funeral", TONGSHAN, form)
            .await
            .unwrap();
        (case.number, family)
    }

    /// One writes a step down, the other countersigns.
    pub(crate) async fn both(
        &self,
        number: &str,
        step: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        self.world.act(&self.first, number, step, data).await?;
        let tag = self.tag(number).await;
        self.world
            .act(&self.second, number, "countersign", json!({ "tag": tag }))
            .await
    }

    /// Tag of a case, as its officers read it.
    pub(crate) async fn tag(&self, number: &str) -> String {
        let case = self.world.get(number).await;
        let rows = case.sections.iter().flat_map(|section| &section.rows);
        let mut tag = rows
            .filter(|row| row.label == "遗体编号")
            .map(|row| row.value.clone());
        tag.next_back().unwrap_or_default()
    }

    /// From the notice into a cell.
    pub(crate) async fn stored(&self, nth: u32) -> (String, Caller, String) {
        let (number, family) = self.notified(nth).await;
        let act =
            |code: &'static str, data: Value| self.world.act(&self.first, &number, code, data);
        act("dispatch", json!({ "driver": "刘师傅" }))
            .await
            .unwrap();
        self.both(&number, "pick_up", picked_up()).await.unwrap();
        let tag = self.tag(&number).await;
        let received = json!({ "tag": tag, "condition": "与接运时相同" });
        self.both(&number, "receive", received).await.unwrap();
        self.both(&number, "store", json!({ "tag": tag }))
            .await
            .unwrap();
        (number, family, tag)
    }

    /// All of it until the four papers can be checked.
    pub(crate) async fn scheduled(&self, nth: u32, starts_at: &str) -> (String, Caller, String) {
        let (number, family, tag) = self.stored(nth).await;
        let time = json!({ "starts_at": starts_at });
        self.world
            .act(&family, &number, "choose_time", time)
            .await
            .unwrap();
        let agree = json!({ "agree": true });
        self.world
            .act(&family, &number, "sign_confirmation", agree)
            .await
            .unwrap();
        (number, family, tag)
    }
}

/// ID numbers of the dead and the handler.
pub(crate) fn people(nth: u32) -> (String, String) {
    (
        id_number("19450101", nth * 2 + 1),
        id_number("19720304", nth * 2 + 1),
    )
}

/// Number of the `nth` death certificate.
pub(crate) fn certificate(nth: u32) -> String {
    people(nth).0
}

/// What a family files.
pub(crate) fn notice(nth: u32) -> Value {
    let (dead, handler) = people(nth);
    json!({
        "home": HOME, "address": "通羊镇洋都大道12号", "place": TONGSHAN,
        "certificate": certificate(nth),
        "dead": { "name": "张德福", "document": "citizen_id", "id_number": dead,
                  "household": TONGSHAN, "ethnicity": "01",
                  "died_on": "2026-05-12", "died_time": "04:00" },
        "handler": { "name": "张伟", "id_number": handler, "relation": "child",
                     "phone": "13800001234" },
    })
}

/// What is written down at the pick-up.
pub(crate) fn picked_up() -> Value {
    json!({ "place": "通羊镇洋都大道12号", "condition": "衣着整齐，无外伤", "photo": true,
            "belongings": "手表一块" })
}

/// The four papers of the `nth` funeral, all in order.
pub(crate) fn papers(nth: u32, tag: &str) -> Value {
    let (dead, handler) = people(nth);
    json!({ "tag": tag, "dead_name": "张德福", "dead_number": dead,
            "certificate": certificate(nth), "handler_name": "张伟",
            "handler_number": handler, "fits_cause": true })
}

/// What the handler shows for the ashes.
pub(crate) fn receipt(nth: u32, tag: &str) -> Value {
    json!({ "tag": tag, "name": "张伟", "number": people(nth).1, "receipt": "SJ0001" })
}
