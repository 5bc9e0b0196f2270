//! The place of origin comes to fetch somebody; a no is passed up level by level, with a limit.

use serde_json::json;

use crate::{
    stay_desk::{Desk, MEN},
    world::{XIANAN, id_number},
};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_fetched_by_the_other_station_has_come_home() {
    let desk = Desk::new().await;
    let world = &desk.world;
    let stay = desk.admitted("male", 60, MEN).await;
    let who = json!({ "basis": "police", "paper": "温公函〔2026〕7号", "name": "李大山",
                      "number": id_number(3), "household": "420323100" });
    desk.both(&stay, "identify", who).await.unwrap();
    let form = json!({ "stay": stay, "origin": "420323" });
    let case = world.submit(&desk.first, "escorted-return", XIANAN, form);
    let case = case.await.unwrap();
    let contact = case.clocks.iter().find(|clock| clock.name == "contact");
    assert_eq!(contact.unwrap().last_day, "2026-05-15");
    let number = case.number.as_str();
    let letter = json!({ "to": "竹山县民政局", "document": "咸民函〔2026〕8号" });
    desk.act(number, "ask", letter).await.unwrap();
    let no = json!({ "document": "竹民函1号", "reasons": "户籍已迁出" });
    let case = desk.act(number, "decline", no).await.unwrap();
    let raise = case.clocks.iter().find(|clock| clock.name == "raise");
    assert_eq!(raise.unwrap().last_day, "2026-05-15");
    let up = json!({ "to": "十堰市民政局", "document": "咸民文9号", "reasons": "户籍仍在竹山" });
    let case = desk.act(number, "raise", up).await.unwrap();
    let running: Vec<_> = case
        .clocks
        .iter()
        .map(|clock| clock.name.as_str())
        .collect();
    assert_eq!(running, ["answer"]);
    let agree = json!({ "way": "fetched", "unit": "竹山县救助管理站", "document": "竹民函3号",
                        "contact": "陈国栋", "phone": "13900001111" });
    desk.act(number, "agree", agree).await.unwrap();
    let handed = json!({ "on": "2026-05-12", "at": "16:30", "unit": "竹山县救助管理站",
                         "receiver": "陈国栋", "number": "012345", "card_checked": true,
                         "condition": "良好", "things": "布包1个", "signed": true });
    let home = desk.both(number, "hand_over", handed).await.unwrap();
    assert_eq!(home.state, "home");
    let left = "select state || ' ' || leave_type from rescue.stay";
    assert_eq!(world.text(left).await, "left unit");
    // The form is there, and the township of the household takes over.
    let paper = "select title from casework.document order by issued_at desc limit 1";
    assert_eq!(world.text(paper).await, "接送返回交接单");
    let open = "select stay || ' ' || township from rescue.homecoming where state = 'open'";
    assert_eq!(world.text(open).await, format!("{stay} 420323100"));
}
