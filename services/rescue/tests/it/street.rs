//! The street: a phone without connection, two phones, refusals, passers-by, weather alerts.

mod alerts;
mod offline;
mod plans;
mod two_phones;

use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1::{self as pb, patrols_server::Patrols as _};
use yiwang_rescue::patrol::PatrolsService;

use crate::{
    stay_desk::XIANNING,
    world::{World, as_caller, officer, unwrap},
};

/// 棉衣 of the demonstration, 40 of them.
pub(crate) fn coat() -> Uuid {
    Uuid::from_u128(1 << 64 | 1 << 32 | 3)
}

/// The street of 咸宁 and who walks there.
pub(crate) struct Street {
    pub(crate) world: World,
    pub(crate) first: Caller,
    pub(crate) second: Caller,
    pub(crate) county: Caller,
    pub(crate) patrols: PatrolsService,
}

impl Street {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        Self {
            patrols: PatrolsService::new(world.rt.clone()),
            world,
            first: officer(1, "刘春生", Role::Station, "421202"),
            second: officer(2, "杨秀梅", Role::Station, "421202"),
            county: officer(3, "许丽华", Role::CountyOfficer, "421202"),
        }
    }

    /// Rows of a phone.
    pub(crate) async fn sync(
        &self,
        caller: &Caller,
        device: u128,
        rows: Vec<pb::EncounterEdit>,
    ) -> Result<Vec<pb::RowResult>, Fault> {
        let request = pb::SyncEncountersRequest {
            station: XIANNING.to_owned(),
            device: Uuid::from_u128(device).to_string(),
            rows,
        };
        let answer = self
            .patrols
            .sync_encounters(as_caller(caller, request))
            .await;
        Ok(unwrap(answer)?.rows)
    }

    /// One row of a phone.
    pub(crate) async fn one(
        &self,
        caller: &Caller,
        device: u128,
        row: pb::EncounterEdit,
    ) -> pb::RowResult {
        self.sync(caller, device, vec![row])
            .await
            .unwrap()
            .remove(0)
    }

    /// A row written now.
    pub(crate) fn row(
        &self,
        id: u128,
        (count, base): (i64, i64),
        fields: &Value,
    ) -> pb::EncounterEdit {
        pb::EncounterEdit {
            id: Uuid::from_u128(id).to_string(),
            edit: Uuid::now_v7().to_string(),
            count,
            base,
            at: self.world.clock.now().to_string(),
            patrol: String::new(),
            fields: fields.to_string(),
        }
    }

    pub(crate) async fn get(&self, id: u128) -> pb::Encounter {
        let id = Uuid::from_u128(id).to_string();
        let request = pb::GetEncounterRequest { id };
        unwrap(
            self.patrols
                .get_encounter(as_caller(&self.first, request))
                .await,
        )
        .unwrap()
    }

    pub(crate) async fn list(&self, request: pb::ListEncountersRequest) -> Vec<pb::Encounter> {
        let request = pb::ListEncountersRequest {
            station: XIANNING.to_owned(),
            ..request
        };
        let answer = self
            .patrols
            .list_encounters(as_caller(&self.first, request))
            .await;
        unwrap(answer).unwrap().encounters
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(&self.world.db.pool)
            .await
            .unwrap()
    }

    pub(crate) fn later(&self, minutes: i64) {
        self.world.clock.advance(SignedDuration::from_mins(minutes));
    }
}

/// What a phone writes of an adult.
pub(crate) fn met(outcome: &str) -> Value {
    json!({ "outcome": outcome, "place": "长途汽车站", "sex": "male", "looks_age": 45,
            "name": "张三", "said": "没有地方去", "told_policy": true, "card_left": true })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_final_and_only_a_new_visit_asks_again() {
    let street = Street::new().await;
    let row = street.row(1, (1, 0), &met("declined"));
    let answer = street.one(&street.first, 7, row).await;
    assert_eq!((answer.result.as_str(), answer.version), ("stored", 1));
    let refused = street.get(1).await;
    assert_eq!(
        (refused.state.as_str(), refused.follow_up_on.as_str()),
        ("closed", "2026-05-15")
    );
    let change = street.row(1, (2, 1), &json!({ "outcome": "willing" }));
    let answer = street.one(&street.first, 7, change).await;
    assert_eq!(
        (answer.result.as_str(), answer.code.as_str()),
        ("refused", "ANSWER_FINAL")
    );
    // What was forgotten may still be written.
    let more = street.row(1, (3, 1), &json!({ "note": "住在桥下" }));
    assert_eq!(street.one(&street.first, 7, more).await.result, "stored");
    street.later(3 * 24 * 60);
    let due = pb::ListEncountersRequest {
        follow_up: true,
        ..Default::default()
    };
    let again = street.list(due.clone()).await;
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].label, "张*", "masked in lists");
    let mut visit = met("willing");
    visit["previous"] = Uuid::from_u128(1).to_string().into();
    let row = street.row(2, (1, 0), &visit);
    assert_eq!(street.one(&street.first, 7, row).await.result, "stored");
    assert!(street.list(due).await.is_empty());
    // The station receives who was willing, once.
    let receive = || pb::ReceiveEncounterRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: Uuid::from_u128(2).to_string(),
    };
    let got = street
        .patrols
        .receive_encounter(as_caller(&street.first, receive()))
        .await;
    let got = unwrap(got).unwrap();
    assert_eq!(got.state, "admitted");
    let stay = street.world.get(&got.case_number).await;
    assert_eq!(
        (stay.item.as_str(), stay.state.as_str()),
        ("station-stay", "arrived")
    );
    let twice = street
        .patrols
        .receive_encounter(as_caller(&street.first, receive()))
        .await;
    assert_eq!(unwrap(twice).unwrap_err().reason, "NOT_WILLING");
    // Nothing of a person stands in the clear.
    let clear = street
        .count("select count(*) from rescue.encounter where encode(sealed, 'escape') like '%张三%'")
        .await;
    assert_eq!(clear, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_law_and_the_stock_refuse_a_row_and_the_phone_keeps_it() {
    let street = Street::new().await;
    let ill = json!({ "outcome": "medical", "place": "站前广场" });
    let old = json!({ "outcome": "willing", "place": "站前广场", "looks_age": 72,
                      "told_policy": true });
    let mut greedy = met("declined");
    greedy["articles"] = json!([{ "article": coat(), "quantity": 41 }]);
    let rows = vec![
        street.row(1, (1, 0), &ill),
        street.row(2, (1, 0), &old),
        street.row(3, (1, 0), &greedy),
        street.row(4, (1, 0), &met("declined")),
        street.row(5, (1, 0), &json!({ "outcome": "willing", "unknown": 1 })),
    ];
    let answers = street.sync(&street.first, 7, rows).await.unwrap();
    let results: Vec<&str> = answers.iter().map(|one| one.result.as_str()).collect();
    assert_eq!(
        results,
        ["refused", "refused", "refused", "stored", "refused"]
    );
    let error = |nth: usize| answers[nth].errors[0].code.as_str();
    assert_eq!(error(0), "AMBULANCE_FIRST");
    assert_eq!(error(1), "ESCORT");
    assert_eq!(error(2), "OUT_OF_STOCK");
    assert_eq!(
        street.count("select count(*) from rescue.encounter").await,
        1
    );
    // Put right, the same visit is stored; a correction counts the difference.
    greedy["articles"] = json!([{ "article": coat(), "quantity": 3 }]);
    let row = street.row(3, (2, 0), &greedy);
    assert_eq!(street.one(&street.first, 7, row).await.result, "stored");
    let less = json!({ "articles": [{ "article": coat(), "quantity": 2 }] });
    let row = street.row(3, (3, 1), &less);
    assert_eq!(street.one(&street.first, 7, row).await.result, "stored");
    let left = "select on_hand::bigint from rescue.article
                 where station = '421202001-JZ01' and name = '棉衣'";
    assert_eq!(street.count(left).await, 38);
    // Of another county's station nobody writes here.
    let other = officer(9, "王强", Role::Station, "610902");
    let row = street.row(6, (1, 0), &met("declined"));
    let denied = street.sync(&other, 8, vec![row]).await.unwrap_err();
    assert_eq!(denied.reason, "WRONG_ROLE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passer_by_tells_without_an_account_and_a_patrol_goes_there() {
    let street = Street::new().await;
    let key = Uuid::now_v7().to_string();
    let tell = || pb::TellOfSomebodyRequest {
        idempotency_key: key.clone(),
        division: "421202".to_owned(),
        place: "温泉大桥下".to_owned(),
        said: "一位老人躺在桥下，穿得很少".to_owned(),
        sex: "male".to_owned(),
        looks_age: 70,
        groups: vec!["elder".to_owned()],
        phone: String::new(),
    };
    let told = street
        .patrols
        .tell_of_somebody(tonic::Request::new(tell()))
        .await;
    let told = unwrap(told).unwrap();
    assert_eq!(told.station_name, "咸宁市救助管理站");
    assert!(told.message.contains("120"));
    // Pressed twice: told once.
    let again = street
        .patrols
        .tell_of_somebody(tonic::Request::new(tell()))
        .await;
    assert_eq!(unwrap(again).unwrap().id, told.id);
    let open = pb::ListEncountersRequest {
        state: "open".to_owned(),
        ..Default::default()
    };
    let waiting = street.list(open).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].outcome.as_str(), waiting[0].source.as_str()),
        ("told", "public")
    );
    let id = told.id.parse::<Uuid>().unwrap().as_u128();
    let found = json!({ "outcome": "medical", "ambulance": true, "health": "发烧" });
    let answer = street
        .one(&street.first, 7, street.row(id, (1, 1), &found))
        .await;
    assert_eq!((answer.result.as_str(), answer.version), ("stored", 2));
    let now = street.get(id).await;
    assert_eq!(
        (now.state.as_str(), now.by.as_str()),
        ("answered", "刘春生")
    );
    assert_eq!(now.follow_up_on, "2026-05-13");
}
