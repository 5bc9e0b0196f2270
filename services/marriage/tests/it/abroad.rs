//! People with a passport: registered where the hall may, known by it ever after.

use serde_json::{Value, json};
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::marriage::v1::{self as pb, register_server::Register as _};

use crate::{
    stage::{HALL, OTHER_HALL, Stage, as_caller, id_number, unwrap, wish},
    world::{Office, World, XIANAN, ZHUSHAN},
};

/// A woman of the mainland and a man with this French passport.
fn wedding(office: Office, woman: u32, passport: &str) -> Value {
    json!({
        "hall": office.hall,
        "a": { "name": "李四", "id_number": id_number(woman), "household": "640302106" },
        "b": { "name": "MARTIN JEAN", "residence": "foreign", "document": "passport",
               "country": "FRA", "id_number": passport,
               "birth_date": "1990-01-01", "sex": "male" },
    })
}

impl World {
    /// Shows the notarised proof, declares, registers.
    async fn wed_abroad(&self, form: Value) -> Result<String, Fault> {
        let number = self.declared(XIANAN, form).await?;
        let proof = json!({ "party": "b", "paper": "no_spouse_proof",
                            "number": "2026-118", "issuer": "巴黎公证处" });
        let clerk = XIANAN.registrar();
        self.act(&clerk, &number, "prove_status", proof).await?;
        self.register(XIANAN, &number).await?;
        Ok(number)
    }

    async fn status_of(&self, passport: &str, country: &str) -> Result<pb::MaritalStatus, Fault> {
        let officer = ZHUSHAN.officer(5, "陈志强", Role::TownshipOfficer);
        let request = pb::AskStatusRequest {
            name: "MARTIN JEAN".into(),
            id_number: passport.into(),
            purpose: "核对低保申请家庭成员".into(),
            legal_basis: "《社会救助暂行办法》第五十八条".into(),
            document: "passport".into(),
            country: country.into(),
        };
        unwrap(self.register.ask_status(as_caller(&officer, request)).await)
    }
}

#[tokio::test]
async fn one_passport_one_marriage() {
    let world = World::new().await;
    let elsewhere = world
        .submit(
            &ZHUSHAN.registrar(),
            "marriage-registration",
            ZHUSHAN,
            wedding(ZHUSHAN, 2, "12AB34567"),
        )
        .await
        .unwrap_err();
    assert_eq!(elsewhere.reason, "NO_COMPETENCE");

    world
        .wed_abroad(wedding(XIANAN, 2, "12AB34567"))
        .await
        .unwrap();
    let certificates = "select number from marriage.certificate";
    assert_eq!(world.text(certificates).await, "J421202-2026-000001");
    let status = world.status_of("12ab 34567", "法国").await.unwrap();
    assert_eq!((status.status.as_str(), status.married), ("21", true));
    let other = world.status_of("12AB34567", "BEL").await.unwrap();
    assert!(!other.married);
    let nowhere = world.status_of("12AB34567", "").await.unwrap_err();
    assert_eq!(nowhere.fields[0].field, "/country");

    // The same passport in another spelling is the same person.
    let again = world.wed_abroad(wedding(XIANAN, 4, "12ab-34567")).await;
    assert_eq!(again.unwrap_err().reason, "ALREADY_MARRIED");
    assert_eq!(world.texts(certificates).await.len(), 1);
    world
        .wed_abroad(wedding(XIANAN, 4, "12AB34568"))
        .await
        .unwrap();
}

/// The database itself holds no second valid marriage of one passport (rules A5.1).
#[tokio::test]
async fn the_table_refuses_what_slips_through() {
    let world = World::new().await;
    world
        .wed_abroad(wedding(XIANAN, 2, "12AB34567"))
        .await
        .unwrap();
    world
        .wed_abroad(wedding(XIANAN, 4, "99XY00001"))
        .await
        .unwrap();
    let key = world
        .rt
        .keyer
        .document_key(&"passport:FRA:12AB34567".parse().unwrap());
    let second = sqlx::query(
        "update marriage.spouse set person_key = $1 where side = 'b' and record =
             (select id from marriage.record where number = 'J421202-2026-000002')",
    )
    .bind(key.as_str())
    .execute(&world.db.pool)
    .await;
    let refused = second.unwrap_err();
    let constraint = refused
        .as_database_error()
        .and_then(|error| error.constraint());
    assert_eq!(constraint, Some("one_valid_marriage"));
}

#[tokio::test]
async fn a_couple_with_a_passport_books_where_it_can_be_registered() {
    let stage = Stage::new().await;
    let with_passport = |key: &str, hall: &str| {
        let mut wish = wish(key, [1, 2], hall, "2026-05-20T09:00");
        wish.visitors[1] = pb::Visitor {
            name: "MARTIN JEANNE".into(),
            id_number: "12AB34567".into(),
            document: "passport".into(),
            country: "FRA".into(),
        };
        wish
    };
    let caller = stage.citizen(1);
    let refused = stage
        .send(&caller, with_passport("k1", OTHER_HALL))
        .await
        .unwrap_err();
    assert_eq!(refused.fields[0].field, "/visitors/1/document");
    assert_eq!(&refused.fields[0].reason[..], "NO_COMPETENCE");
    let mut nowhere = with_passport("k2", HALL);
    nowhere.visitors[1].country.clear();
    let refused = stage.send(&caller, nowhere).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "/visitors/1/country");
    let booked = stage
        .send(&caller, with_passport("k3", HALL))
        .await
        .unwrap();
    let other = &booked.visitors[1];
    assert_eq!(
        (&*other.document, &*other.country, &*other.id_number),
        ("passport", "FRA", "12AB34567")
    );
}
