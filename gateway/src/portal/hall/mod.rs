//! The registrars' hall 婚姻登记处: who comes today, check-in, the workbench of a case.
//!
//! ```text
//! day ─→ check_in (cards, what they do not say) ─→ bench (to the certificate) ─→ day
//! ```
//! The gateway lets staff in; the marriage service decides who may do what in which hall.

mod bench;
mod check_in;
mod conflicts;
mod counselling;
mod day;
mod dishonesty;
mod figures;
mod help;
mod restoration;
pub(super) mod setup;
mod status;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::{
    bench::{act, reveal, show as bench},
    check_in::{show as check_in, take as take_in},
    conflicts::{settle, show as conflicts},
    counselling::{record as record_counselling, show as counselling},
    day::show as day,
    dishonesty::{contest, decide as decide_dishonesty, show as dishonesty},
    figures::show as figures,
    help::show as help_sheet,
    restoration::{show as restoration, take as take_restoration},
    status::{ask, show as status},
};
use super::{desk::Desk, view::hall::index::HallLink};
use crate::session::SignedIn;

/// Pages around the counter: path, name, what for, and whose work it is.
const PAGES: [(&str, &str, &str, &[Role]); 8] = {
    use Role::{Approver, Clerk, CountyOfficer};
    const REGION: &[Role] = &[Clerk, CountyOfficer, Approver];
    [
        ("/hall/figures", "数字", "按登记处、按日的登记数。", REGION),
        (
            "/hall/conflicts",
            "冲突记录",
            "同一个人有两条有效记录的，核清以前不能登记。",
            REGION,
        ),
        (
            "/hall/status",
            "婚姻状况查询",
            "只答婚姻状况，每次查询都有记录。",
            REGION,
        ),
        (
            "/hall/dishonesty",
            "失信名单",
            "查看、收取异议、审批移除。",
            REGION,
        ),
        (
            "/hall/archive",
            "档案补录",
            "纸质档案录入两次，比对后发布。",
            &[Clerk, CountyOfficer],
        ),
        (
            "/hall/restoration",
            "不愿恢复婚姻",
            "配偶被宣告死亡的一方书面声明。",
            &[Clerk],
        ),
        (
            "/hall/help-sheet",
            "求助指引",
            "打印，只交给受害的一方。",
            &[Clerk],
        ),
        (
            "/hall/setup",
            "登记处设置",
            "登记处、登记员、开放日和名额。",
            &[CountyOfficer],
        ),
    ]
};

/// The pages that are open to this reader.
pub(super) fn links(who: &SignedIn) -> Vec<HallLink> {
    let open = PAGES
        .iter()
        .filter(|(.., roles)| roles.iter().any(|role| who.has_role(*role)));
    let link = |(href, label, hint, _): &(&'static str, &'static str, &'static str, _)| HallLink {
        href,
        label,
        hint,
    };
    open.map(link).collect()
}

/// Whether marriage registration is in the navigation of this reader.
pub(super) fn opens_to(who: &SignedIn) -> bool {
    !links(who).is_empty()
}

/// The halls in whose counties the reader stands at the counter, by code.
async fn halls(desk: &Desk) -> Result<Vec<pb::Hall>, Fault> {
    let who = desk.who()?;
    let mut halls: Vec<pb::Hall> = Vec::new();
    let counter = who.grants.iter().filter(|grant| grant.role == Role::Clerk);
    for scope in counter.filter_map(|grant| grant.scope()) {
        halls.extend(desk.state.backends().halls(scope).await?);
    }
    halls.sort_by(|a, b| a.code.cmp(&b.code));
    halls.dedup_by(|a, b| a.code == b.code);
    Ok(halls)
}

/// The hall with this code, else the first.
fn chosen(halls: &[pb::Hall], code: &str) -> Option<pb::Hall> {
    let asked = halls.iter().find(|hall| hall.code == code);
    asked.or(halls.first()).cloned()
}

/// What is said to staff who stand at no counter of a hall.
fn no_hall() -> Fault {
    let message = "您的岗位所在地区没有婚姻登记处，或者您不在婚姻登记窗口。";
    Fault {
        reason: "NO_HALL".into(),
        message: message.to_owned(),
        ..Fault::forbidden()
    }
}
