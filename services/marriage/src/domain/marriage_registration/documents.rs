//! The papers of a registration: 声明书, 审查处理表, 不予办理告知书.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};

use super::{
    MarriageRegistration,
    action::Ground,
    facts::{Facts, Refused, Registration},
    fields::stated_label,
    form::{Form, Kind, Named},
};
use crate::domain::{
    legal_age::AgeRules,
    party::{Document, Residence},
};

/// Where to turn (行政复议法第二十条, 行政诉讼法第四十六条).
pub const APPEAL: &str = "如对本决定不服，可以自收到本告知书之日起60日内依法申请行政复议，或者自收到之日起6个月内依法向人民法院提起行政诉讼。";

/// A day in words.
pub(super) fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn document(kind: &'static str, title: String, paragraphs: &[String]) -> IssueDocument {
    let text = paragraphs.iter().filter(|text| !text.is_empty());
    IssueDocument {
        kind,
        title,
        text: text.cloned().collect::<Vec<_>>().join("\n"),
    }
}

/// 申请结婚登记声明书, one for each, man first.
#[must_use]
pub fn declarations(form: &Form, facts: &Facts) -> Vec<IssueDocument> {
    form.by_sex()
        .map(|own| declaration(form, facts, own))
        .into()
}

fn declaration(form: &Form, facts: &Facts, own: Named<'_>) -> IssueDocument {
    let other = form.by_sex().into_iter().find(|one| one.index != own.index);
    let other = other.map_or("", |one| one.party.name.trim());
    let wish = match (form.kind, form.lived_together_since) {
        (Kind::Late, Some(since)) => format!(
            "我们自{}起以夫妻名义共同生活，现依照《中华人民共和国民法典》第一千零四十九条的规定，自愿补办结婚登记。",
            day(since)
        ),
        (Kind::Remarriage, _) => "我们离婚后自愿恢复婚姻关系，现依照《中华人民共和国民法典》第一千零八十三条的规定，重新申请结婚登记。".to_owned(),
        _ => "现依照《中华人民共和国民法典》第一千零四十六条、第一千零四十九条的规定，自愿结为夫妻。".to_owned(),
    };
    let paragraphs = [
        person(own, facts),
        format!("本人申请与{other}办理{}，谨此声明：", form.kind.label()),
        "一、本人没有配偶。".to_owned(),
        "二、本人与对方没有直系血亲和三代以内旁系血亲关系（民法典第一千零四十八条）。".to_owned(),
        "三、本人完全自愿，没有受到任何一方强迫，也没有受到任何组织或者个人干涉（民法典第一千零四十六条）。".to_owned(),
        "四、登记员已告知：一方患有重大疾病的，应当在结婚登记前如实告知另一方；不如实告知的，另一方可以自知道或者应当知道之日起一年内请求人民法院撤销婚姻（民法典第一千零五十三条）。患病本身不影响结婚登记。".to_owned(),
        wish,
        "本人对所出具证件和声明的真实性、合法性负责；作虚假声明的，依法承担法律责任，失信信息纳入全国信用信息共享平台。".to_owned(),
        "声明人（签名、指印）：　　　　　　　　年　　月　　日".to_owned(),
        format!("监誓人（婚姻登记员签名）：　　　　　　{}", facts.hall),
    ];
    let title = format!("申请结婚登记声明书（{}）", own.side);
    document("declaration", title, &paragraphs)
}

/// Name, sex, birth date, number, household, status.
fn person(named: Named<'_>, facts: &Facts) -> String {
    let party = named.party;
    let mut parts = vec![format!("{}：{}", named.side, party.name.trim())];
    parts.extend(party.sex().map(|sex| sex.label().to_owned()));
    parts.extend(party.born().map(|born| format!("{}出生", day(born))));
    parts.push(match party.document {
        Document::CitizenId => format!("身份证件号{}", party.document_in_words()),
        _ => party.document_in_words(),
    });
    parts.push(residence(party.residence).to_owned());
    let stated = facts.stated(party, named.index);
    parts.push(format!("婚姻状况：{}", stated_label(stated)));
    format!("{}。", parts.join("，"))
}

fn residence(residence: Residence) -> &'static str {
    match residence {
        Residence::Mainland => "内地居民",
        Residence::HkMacao => "香港、澳门居民",
        Residence::Taiwan => "台湾居民",
        Residence::OverseasChinese => "华侨",
        Residence::Foreign => "外国人",
    }
}

/// 结婚登记审查处理表.
#[must_use]
pub fn review_sheet(
    case: &Case<MarriageRegistration>,
    facts: &Facts,
    registration: &Registration,
) -> IssueDocument {
    let form = &case.form;
    let effect = if registration.effective_from < registration.on {
        format!(
            "备注：补办结婚登记。婚姻关系的效力从双方均符合民法典规定的结婚实质要件时起算（法释〔2020〕22号第六条），按双方声明和登记记载为{}。",
            day(registration.effective_from)
        )
    } else {
        String::new()
    };
    let [man, woman] = form.by_sex();
    let paragraphs = [
        format!("办件编号：{}", case.number),
        format!("登记种类：{}", registration.kind.label()),
        person(man, facts),
        person(woman, facts),
        shown(facts),
        checked(facts),
        "审查意见：双方亲自到场，人证一致；均已达到法定结婚年龄，均无配偶，声明没有直系血亲和三代以内旁系血亲关系，经分别询问均为完全自愿，符合《中华人民共和国民法典》第一千零四十二条、第一千零四十六条至第一千零四十九条和《婚姻登记条例》的规定，准予登记，当场发给结婚证。".to_owned(),
        format!("结婚证字号：{}", registration.number),
        format!("登记日期：{}", day(registration.on)),
        effect,
        format!("登记机关：{}　婚姻登记员：{}", facts.hall, registration.by),
    ];
    document("review_sheet", "结婚登记审查处理表".to_owned(), &paragraphs)
}

/// What was laid on the counter.
fn shown(facts: &Facts) -> String {
    let photos = facts.declaration.as_ref().map_or(0, |signed| signed.photos);
    let mut parts = vec![
        "双方有效身份证件".to_owned(),
        "《申请结婚登记声明书》2份".to_owned(),
        format!("2寸双人合影照片{photos}张"),
    ];
    parts.extend(facts.papers.iter().map(|one| {
        let (paper, number, issuer) = (one.paper.label(), &one.number, &one.issuer);
        format!("{paper}（{issuer}，{number}）")
    }));
    format!("查验材料：{}。", parts.join("，"))
}

/// What the network said.
fn checked(facts: &Facts) -> String {
    let on = facts.identity.as_ref().map(|check| day(check.on));
    format!(
        "联网核对：{}核对双方身份和婚姻状况，登记系统记载依次为{}。",
        on.unwrap_or_default(),
        facts.register.join("、")
    )
}

/// 不予办理结婚登记告知书: the ground of the law, the reasons, what to do next, where to turn.
#[must_use]
pub fn refusal(
    case: &Case<MarriageRegistration>,
    hall: &str,
    refused: &Refused,
    ages: &AgeRules,
) -> IssueDocument {
    let [man, woman] = case.form.by_sex().map(|one| one.party.name.trim());
    let ground = refused.ground;
    let paragraphs = [
        format!("{man}、{woman}："),
        format!(
            "你们于{}向{hall}申请{}（办件编号{}）。经审查，存在下列情形：{}。",
            day(case.submitted_on),
            case.form.kind.label(),
            case.number,
            ground.label()
        ),
        format!("具体理由：{}", refused.reasons),
        format!(
            "根据{}和《婚姻登记条例》（国务院令第804号）的规定，决定不予办理结婚登记。",
            basis(ground)
        ),
        next(ground, ages),
        APPEAL.to_owned(),
        format!("{hall}　婚姻登记员：{}　{}", refused.by, day(refused.on)),
    ];
    let title = "不予办理结婚登记告知书".to_owned();
    document("refusal", title, &paragraphs)
}

fn basis(ground: Ground) -> &'static str {
    match ground {
        Ground::UnderAge => "《中华人民共和国民法典》第一千零四十七条",
        Ground::NotVoluntary => "《中华人民共和国民法典》第一千零四十六条",
        Ground::Married => "《中华人民共和国民法典》第一千零四十二条",
        Ground::Kin => "《中华人民共和国民法典》第一千零四十八条",
        Ground::Other => "《中华人民共和国民法典》第一千零四十九条",
    }
}

/// What the two can do now.
fn next(ground: Ground, ages: &AgeRules) -> String {
    match ground {
        Ground::UnderAge => format!(
            "男方年满{}周岁、女方年满{}周岁以后，可以随时再来申请。",
            ages.man, ages.woman
        ),
        Ground::NotVoluntary => "双方都自愿结婚时，可以再来申请。受到胁迫、家庭暴力或者人身安全受到威胁的，请拨打110报警，也可以拨打妇女维权热线12338求助。".to_owned(),
        Ground::Married => "原婚姻关系已由法院判决或者调解解除的，请持生效文书到婚姻登记机关备注后再来申请；认为登记记载有误的，可以向原登记机关申请核实更正。".to_owned(),
        Ground::Kin => "对亲属关系的认定有异议的，可以提交公安机关等单位出具的证明，再次申请。".to_owned(),
        Ground::Other => "上述情形消除后，可以再次申请。".to_owned(),
    }
}
