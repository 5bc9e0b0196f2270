//! Looking at once in an emergency, and its review.

use jiff::SignedDuration;
use yiwang_casework::testing::{as_caller, officer};
use yiwang_chassis::identity::Role;
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use super::{
    VILLAGE, county, form, house, open,
    requests::{MISSING, break_glass, list, other_county, request, review},
};

#[tokio::test]
async fn an_emergency_opens_for_a_day_and_is_reviewed() {
    let house = house().await;
    let number = open(&house, VILLAGE, &form(1, "")).await;
    let other = open(&house, VILLAGE, &form(11, "")).await;
    let asker = other_county();
    let taken = break_glass(&house, &asker, &number).await.unwrap();
    assert_eq!(taken.state, "review");
    assert_eq!(
        house.get_as(&asker, &number).await.unwrap().ground,
        "break_glass"
    );
    let unjustified = break_glass(&house, &asker, &other).await.unwrap();
    assert!(house.get_as(&asker, &other).await.is_ok());
    let own = review(&house, &asker, &taken.id, true).await.unwrap_err();
    assert_eq!(own.reason, "OWN_REQUEST");
    let ended = review(&house, &county(), &unjustified.id, false)
        .await
        .unwrap();
    assert_eq!(ended.state, "unjustified");
    assert!(house.get_as(&asker, &other).await.is_err());

    house.clock.advance(SignedDuration::from_hours(24));
    assert!(house.get_as(&asker, &number).await.is_err());
    request(&house, &asker, &other).await.unwrap();
    let page = list(&house, &county()).await;
    assert_eq!(page.overdue_reviews, 1);
    assert!(page.requests[0].overdue && page.requests[0].id == taken.id);
    assert_eq!(page.requests.len(), 3);
    let late = review(&house, &county(), &taken.id, true).await.unwrap();
    assert_eq!((late.state.as_str(), late.overdue), ("justified", false));
}

#[tokio::test]
async fn nobody_goes_through_the_numbers() {
    let house = house().await;
    let number = open(&house, VILLAGE, &form(1, "")).await;
    let asker = other_county();
    for _ in 0..5 {
        let fault = break_glass(&house, &asker, MISSING).await.unwrap_err();
        assert_eq!(fault.reason, "CASE_NOT_FOUND");
    }
    let limit = break_glass(&house, &asker, &number).await.unwrap_err();
    assert_eq!(limit.reason, "BREAK_GLASS_LIMIT");
    let refused = house
        .text(
            "select count(*)::text from chassis.audit_entry
              where action = 'access.break_glass' and outcome = 'refused'",
        )
        .await;
    assert_eq!(refused, "5");
    assert!(list(&house, &asker).await.requests.is_empty());
    // Only who works with the item may at all.
    let clerk = officer(34, "窗口", Role::Clerk, "420323");
    assert!(break_glass(&house, &clerk, &number).await.is_err());
    for nth in 0..20 {
        let number = format!("KJ42032326051299999{nth:02}");
        request(&house, &asker, &number).await.unwrap();
    }
    let many = request(&house, &asker, &number).await.unwrap_err();
    assert_eq!(many.reason, "TOO_MANY_REQUESTS");
}

#[tokio::test]
async fn late_reviews_come_first_on_every_page() {
    let house = house().await;
    let mut late = Vec::new();
    for n in 0..3 {
        let number = open(&house, VILLAGE, &form(1 + 10 * n, "")).await;
        late.push(
            break_glass(&house, &other_county(), &number)
                .await
                .unwrap()
                .id,
        );
        house.clock.advance(SignedDuration::from_hours(24));
        let number = open(&house, VILLAGE, &form(101 + 10 * n, "")).await;
        request(&house, &other_county(), &number).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let request = pb::ListAccessRequestsRequest {
            cursor,
            limit: 2,
            ..Default::default()
        };
        let page = house
            .service
            .list_access_requests(as_caller(&county(), request))
            .await;
        let page = page.unwrap().into_inner();
        seen.extend(page.requests.into_iter().map(|one| one.id));
        cursor = page.next_cursor;
        if cursor.is_empty() {
            break;
        }
    }
    late.reverse();
    assert_eq!(seen.len(), 6);
    assert_eq!(seen[..3], late);
}
