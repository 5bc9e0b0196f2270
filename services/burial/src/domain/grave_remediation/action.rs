//! Every act on such a grave.

use jiff::civil::Date;
use yiwang_casework::Photos;

use crate::domain::fields::{Day, LongText, Name, Phone, ShortText};

yiwang_casework::code_list! {
    /// What became of it.
    Outcome {
        Rectified = "rectified", "拆除硬化部分、整改到位";
        Moved = "moved", "迁入公墓、骨灰堂";
        BuriedDeep = "buried_deep", "深埋不留坟头";
        Greened = "greened", "绿化遮蔽";
    }
}

yiwang_casework::code_list! {
    /// Who did it.
    Doer {
        Owner = "owner", "墓主自行整改";
        Office = "office", "乡镇、村组织整改";
    }
}

yiwang_casework::code_list! {
    /// What the second look found.
    Finding {
        Kept = "kept", "保持整改状态";
        Relapsed = "relapsed", "反弹，重新出现问题";
    }
}

yiwang_casework::actions! {
    /// 归属认定.
    Attribute(Owner) = "attribute";
    /// 责令限期改正.
    Order(Order) = "order";
    /// 无主坟公告.
    Announce(Announce) = "announce";
    /// 改正期限届满.
    OrderOver = "order_over";
    /// 公告期满.
    NoticeOver = "announcement_over";
    /// 整改完成.
    Treat(Treatment) = "treat";
    /// 验收, first signature.
    Accept(Acceptance) = "accept";
    /// 第二人验收.
    Countersign = "countersign";
    /// 验收不合格.
    Reject(Reasons) = "reject";
    /// 回头看.
    Recheck(Recheck) = "recheck";
    /// 属于文物，不予整治.
    Exempt(Relic) = "exempt";
}

yiwang_casework::act_data! {
    /// Whose it is.
    Owner {
        name: String, "Name", "墓主（后人）姓名", "";
        relation: String, "ShortText", "与墓中人的关系", "活人墓填“本人”。";
        phone: String, "Phone", "联系电话", "";
        evidence: String, "ShortText", "认定依据", "村委会证明、墓碑照片等。";
    }
}
yiwang_casework::act_data! {
    /// So long to put it in order.
    Order {
        days: u32, "u32", "改正期限（天）", "";
        measures: String, "LongText", "改正要求", "写明拆除、迁移还是深埋。";
        delivered: String, "ShortText", "送达方式", "直接送达、留置送达等，写明日期。";
    }
}
yiwang_casework::act_data! {
    /// Where it hangs.
    Announce { medium: String, "ShortText", "公告地点", "坟墓现场、村公告栏、网站等。"; }
}
yiwang_casework::act_data! {
    /// What was done.
    Treatment {
        outcome: Outcome, "Outcome", "整改结果", "";
        doer: Doer, "Doer", "由谁整改", "";
        done_on: Date, "Day", "完成日期", "";
        record: String, "LongText", "整改经过", "";
        ? cemetery: String, "ShortText", "迁入的公墓（骨灰堂）编号", "迁入公墓的必填。";
    }
}
yiwang_casework::act_data! {
    /// Seen on the spot.
    Acceptance {
        after_photo: Photos, "Photos", "整改后的照片", "站在登记时拍照的地方，同一角度拍。";
        opinion: String, "LongText", "验收意见", "";
        ? before_photo: Photos, "Photos", "补充的整改前照片", "登记时的照片已经在案，不用再传。";
    }
}
yiwang_casework::act_data! {
    /// Why not.
    Reasons { reasons: String, "LongText", "理由", ""; }
}
yiwang_casework::act_data! {
    /// Seen again.
    Recheck {
        finding: Finding, "Finding", "回头看结果", "";
        photo: Photos, "Photos", "现场照片", "";
        ? note: String, "LongText", "说明", "";
    }
}
yiwang_casework::act_data! {
    /// Protected.
    Relic {
        document: String, "ShortText", "文物部门的认定文书", "";
        reasons: String, "LongText", "说明", "";
    }
}
