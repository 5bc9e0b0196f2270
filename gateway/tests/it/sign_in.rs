//! Passwords, second factors, lock-out.

use futures::future::join_all;
use secrecy::SecretString;
use serde_json::Value;
use yiwang_gateway::account::{SignInOutcome, totp_code_at};

use crate::harness::{Gateway, PASSWORD, client, failure, id_number, problem, read_tokens};

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer() {
    let gateway = Gateway::start().await;
    gateway.citizen("known", &id_number("19780512", 101)).await;
    let strip = |mut body: Value| {
        body["trace"] = Value::Null;
        body
    };
    let (status, known) = problem(gateway.sign_in("known", "wrong password", None).await).await;
    let unknown = problem(gateway.sign_in("nobody", "wrong password", None).await).await;
    assert_eq!(status, 401);
    assert_eq!(strip(known), strip(unknown.1));
    assert_eq!(gateway.audited("account.sign_in").await, 2);
}

#[tokio::test]
async fn five_failures_in_a_minute_lock_for_ten_minutes() {
    let gateway = Gateway::start().await;
    gateway.citizen("victim", &id_number("19780512", 101)).await;
    for login in ["victim", "nobody"] {
        for _ in 0..5 {
            let refused = failure(gateway.sign_in(login, "wrong", None).await).await;
            assert_eq!(refused, (401, "SIGN_IN_FAILED".to_owned()));
        }
        let locked = failure(gateway.sign_in(login, PASSWORD, None).await).await;
        assert_eq!(locked, (429, "SIGN_IN_LOCKED".to_owned()), "{login}");
    }
    gateway.later(9 * 60);
    assert_eq!(
        failure(gateway.sign_in("victim", PASSWORD, None).await)
            .await
            .0,
        429
    );
    // An attempt while locked does not lengthen the lock.
    gateway.later(61);
    gateway.tokens("victim").await;
}

#[tokio::test]
async fn failures_further_apart_do_not_lock_and_success_forgets_them() {
    let gateway = Gateway::start().await;
    gateway.citizen("slow", &id_number("19780512", 101)).await;
    for _ in 0..3 {
        for _ in 0..4 {
            gateway.sign_in("slow", "wrong", None).await;
        }
        gateway.tokens("slow").await;
    }
    for _ in 0..8 {
        assert_eq!(
            failure(gateway.sign_in("slow", "wrong", None).await)
                .await
                .0,
            401
        );
        gateway.later(20);
    }
}

#[tokio::test]
async fn parallel_guesses_are_all_counted() {
    let gateway = Gateway::start().await;
    gateway.citizen("target", &id_number("19780512", 101)).await;
    let guesses = (0..20).map(|n| {
        let guess = format!("guess number {n}");
        let gateway = &gateway;
        async move {
            gateway
                .sign_in("target", &guess, None)
                .await
                .status()
                .as_u16()
        }
    });
    let answers = join_all(guesses).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 5);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 15);
}

#[tokio::test]
async fn a_hundred_failures_in_a_row_lock_until_somebody_unlocks() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("patient", &id_number("19780512", 101))
        .await;
    for _ in 0..100 {
        assert_eq!(
            failure(gateway.sign_in("patient", "wrong", None).await)
                .await
                .0,
            401
        );
        gateway.later(61);
    }
    let locked = failure(gateway.sign_in("patient", PASSWORD, None).await).await;
    assert_eq!(locked, (429, "SIGN_IN_LOCKED".to_owned()));
    gateway.later(23 * 3600);
    assert_eq!(
        failure(gateway.sign_in("patient", PASSWORD, None).await)
            .await
            .0,
        429
    );
    gateway.state.accounts().unlock("patient").await.unwrap();
    gateway.tokens("patient").await;
}

#[tokio::test]
async fn staff_need_a_second_factor_and_a_code_works_once() {
    let gateway = Gateway::start().await;
    gateway.officer("officer").await;
    let asked = failure(gateway.sign_in("officer", PASSWORD, None).await).await;
    assert_eq!(asked, (401, "TOTP_REQUIRED".to_owned()));
    let wrong = failure(gateway.sign_in("officer", PASSWORD, Some("000000")).await).await;
    assert_eq!(wrong, (401, "TOTP_WRONG".to_owned()));
    let code = gateway.code();
    read_tokens(gateway.sign_in("officer", PASSWORD, Some(&code)).await).await;
    let replayed = failure(gateway.sign_in("officer", PASSWORD, Some(&code)).await).await;
    assert_eq!(replayed, (401, "TOTP_WRONG".to_owned()));
    gateway.later(30);
    let next = gateway.code();
    read_tokens(gateway.sign_in("officer", PASSWORD, Some(&next)).await).await;
    // The code before it is still in the window, and was passed over.
    let earlier = failure(gateway.sign_in("officer", PASSWORD, Some(&code)).await).await;
    assert_eq!(earlier.1, "TOTP_WRONG");
}

#[tokio::test]
async fn the_same_code_at_the_same_instant_lets_one_in() {
    let gateway = Gateway::start().await;
    gateway.officer("officer").await;
    let code = gateway.code();
    let racing = (0..4).map(|_| gateway.sign_in("officer", PASSWORD, Some(&code)));
    let answers = join_all(racing).await;
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.status() == 200)
            .count(),
        1
    );
}

#[tokio::test]
async fn staff_enrol_their_second_factor_at_the_first_sign_in() {
    let gateway = Gateway::start().await;
    gateway.staff("newcomer", None).await;
    let refused = failure(gateway.sign_in("newcomer", PASSWORD, None).await).await;
    assert_eq!(refused, (403, "TOTP_ENROLMENT_REQUIRED".to_owned()));

    let accounts = gateway.state.accounts();
    let password: SecretString = PASSWORD.to_owned().into();
    let outcome = accounts
        .sign_in("newcomer", &password, None, &client())
        .await
        .unwrap();
    let SignInOutcome::TotpEnrolmentRequired(enrolment) = outcome else {
        panic!("{outcome:?}")
    };
    let secret = secrecy::ExposeSecret::expose_secret(&enrolment.secret_base32).to_owned();
    let now = || yiwang_chassis::clock::Clock::now(&gateway.clock);
    let wrong = accounts
        .confirm_totp(&enrolment.ticket, "000000", &client())
        .await;
    assert_eq!(wrong.unwrap_err().reason, "TOTP_WRONG");
    let code = totp_code_at(&secret, now(), None).unwrap();
    let who = accounts
        .confirm_totp(&enrolment.ticket, &code, &client())
        .await
        .unwrap();
    assert!(who.staff);
    let again = accounts
        .confirm_totp(&enrolment.ticket, &code, &client())
        .await;
    assert_eq!(again.unwrap_err().reason, "TICKET_EXPIRED");

    // The two steps of the page, from now on.
    let outcome = accounts
        .sign_in("newcomer", &password, None, &client())
        .await
        .unwrap();
    let SignInOutcome::TotpRequired { ticket } = outcome else {
        panic!("{outcome:?}")
    };
    let replayed = accounts.second_step(&ticket, &code, &client()).await;
    assert_eq!(replayed.unwrap_err().reason, "TOTP_WRONG");
    gateway.later(30);
    let next = totp_code_at(&secret, now(), None).unwrap();
    accounts
        .second_step(&ticket, &next, &client())
        .await
        .unwrap();
    gateway.later(400);
    let late = accounts.second_step(&ticket, "123456", &client()).await;
    assert_eq!(late.unwrap_err().reason, "TICKET_EXPIRED");
}

#[tokio::test]
async fn wrong_codes_lock_like_wrong_passwords() {
    let gateway = Gateway::start().await;
    gateway.officer("officer").await;
    for _ in 0..5 {
        let wrong = failure(gateway.sign_in("officer", PASSWORD, Some("000000")).await).await;
        assert_eq!(wrong.1, "TOTP_WRONG");
    }
    let code = gateway.code();
    let locked = failure(gateway.sign_in("officer", PASSWORD, Some(&code)).await).await;
    assert_eq!(locked, (429, "SIGN_IN_LOCKED".to_owned()));
}
