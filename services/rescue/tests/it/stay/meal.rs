//! A meal for everybody in the house, counted.

use uuid::Uuid;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::rescue::v1::{self as pb, stations_server::Stations as _};
use yiwang_rescue::stays::demo::article_id;

use crate::{
    stay_desk::{Desk, HOSPITAL, MEN, WOMEN},
    world::{as_caller, unwrap},
};

/// 餐食 and 棉衣 of the demonstration.
const MEAL: u128 = 1;
const COAT: u128 = 3;

async fn serve(
    desk: &Desk,
    who: &Caller,
    (article, meal): (u128, &str),
    key: Uuid,
) -> Result<pb::MealServed, Fault> {
    let request = pb::ServeMealRequest {
        idempotency_key: key.to_string(),
        article: article_id(1, article).to_string(),
        meal: meal.to_owned(),
    };
    unwrap(desk.stations.serve_meal(as_caller(who, request)).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_in_a_room_has_one() {
    let desk = Desk::new().await;
    let now = Uuid::now_v7;
    let nobody = serve(&desk, &desk.first, (MEAL, "lunch"), now()).await;
    assert_eq!(nobody.unwrap_err().reason, "NOBODY_HERE");
    let man = desk.admitted("male", 45, MEN).await;
    desk.admitted("female", 30, WOMEN).await;
    desk.admitted("male", 50, HOSPITAL).await;
    desk.registered("male", 40).await;

    let key = now();
    let served = serve(&desk, &desk.first, (MEAL, "lunch"), key)
        .await
        .unwrap();
    assert_eq!((served.served, served.on_hand), (2, 298));
    // The same call again is the same meal.
    let again = serve(&desk, &desk.first, (MEAL, "lunch"), key)
        .await
        .unwrap();
    assert_eq!(again.on_hand, 298);
    let request = pb::ListCareRequest { case_number: man };
    let care = desk
        .stations
        .list_care(as_caller(&desk.county, request))
        .await;
    let care = unwrap(care).unwrap().entries;
    assert_eq!((care.len(), care[0].text.as_str()), (1, "午餐：餐食1份"));
    let moves =
        "select case_number from rescue.article_move where quantity = -1 and reason = '午餐'";
    assert_eq!(desk.world.texts(moves).await.len(), 2);

    let coat = serve(&desk, &desk.first, (COAT, "lunch"), now()).await;
    assert_eq!(coat.unwrap_err().fields[0].reason, "WRONG_KIND");
    let tea = serve(&desk, &desk.first, (MEAL, "tea"), now()).await;
    assert_eq!(tea.unwrap_err().fields[0].field, "/meal");
    let county = serve(&desk, &desk.county, (MEAL, "supper"), now()).await;
    assert_eq!(county.unwrap_err().reason, "WRONG_ROLE");
    // One for two people is for nobody.
    sqlx::query("update rescue.article set on_hand = 1 where id = $1")
        .bind(article_id(1, MEAL))
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    let short = serve(&desk, &desk.first, (MEAL, "supper"), now()).await;
    assert_eq!(short.unwrap_err().fields[0].reason, "OUT_OF_STOCK");
    let left = "select on_hand::text from rescue.article where station = '421202001-JZ01' and name = '餐食'";
    assert_eq!(desk.world.text(left).await, "1");
}
