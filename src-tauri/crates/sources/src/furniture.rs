//! What stands among an article's text and is none of it: a rule each, so that `inspect` can name them.
//!
//! A line that is dropped wrongly is lost to the reader, so a rule asks for more than a word: a line must
//! begin or be built like a promotion, not merely speak of one.

use crate::printed::is_ownership_notice;
use regex::Regex;
use std::sync::LazyLock;

/// Furniture is short; a paragraph that happens to speak of such things is not.
const LONGEST: usize = 120;

/// Notices of ownership are longer.
const LONGEST_NOTICE: usize = 400;

/// Name of the rule, how long a line may be in characters, and what it must look like.
static RULES: LazyLock<Vec<(&'static str, usize, Regex)>> = LazyLock::new(|| {
    [
        ("controls", LONGEST, r"^(?:[\s　|·/<>«»【】\[\]()（）+\-=34]*(?:放大|缩小|默认|朗读|语音朗读|字号|字体|大|中|小|上一篇|下一篇|上一版|下一版|上一期|下一期|返回目录|返回首页|返回本版|返回|关闭窗口|关闭|打印本页|打印|收藏|推荐|剪报|作品|复制链接|我要评论|发表评论|评论|PDF版|pdf)+[\s　|·/<>«»【】\[\]()（）+\-=34：:A]*)+$"),
        ("other articles", 80, r"^(?:上一篇|下一篇|本版其他新闻|本版其它新闻|本版导读)\s*[:：]"),
        ("share", 60, r"^(?:分享到|分享至|分享[:：]|一键分享|转发到|转发至|更多分享|扫码分享|微信扫一扫分享)"),
        ("sms subscription", LONGEST, r"^.{0,12}短信(?:订阅|订报|订制|定制)|^(?:手机)?短信.{0,8}(?:发送|编辑).{0,30}(?:到|至)\s*\d{3,}|(?:订阅|订制|定制|订报|手机报|包月|元/月|开通).{0,40}(?:发送|编辑|发短信|发)\s*[^，。]{0,24}(?:到|至)\s*[\d-]{3,}|(?:发送|编辑|发短信|发)\s*[^，。]{0,24}(?:到|至)\s*[\d-]{3,}.{0,40}(?:订阅|订制|定制|订报|手机报|包月|元/月|开通)|^(?:中国)?(?:移动|联通|电信)(?:手机)?用户.{0,8}(?:发送|发短信|编辑短信|请发|发)|^.{0,16}手机报.{0,8}(?:订阅|发送)"),
        ("login", 80, r"^[\s　]*(?:用户名|账号|帐号|用户登录|会员登录|登录名)\s*[:：]?.{0,30}(?:密码|登录|登陆|注册)?[\s　]*$|^[\s　]*(?:密码\s*[:：]?|登录|登陆|注册|登[录陆]\s*注册|忘记密码[?？]?|免费注册|用户登录|会员登录)[\s　]*$"),
        ("microblog", 60, r"^[\s　\W]*(?:欢迎|敬请|请|快来)?(?:您|大家)?(?:关注|扫描|扫一扫|扫码|扫下方|收听|加入|下载).{0,24}(?:微博|微信|公众号|二维码|客户端|APP)|^.{0,20}(?:官方|新浪|腾讯|人民)(?:微博|微信|博客|抖音|公众号|客户端)\s*(?:[:：@].{0,40})?$|^.{0,16}(?:微信公众(?:号|平台)|微信二维码|微信号|官微)\s*(?:[:：@].{0,40})?$|^[\s　\W]*(?:更多|精彩).{0,16}(?:关注|登录|扫描|下载).{0,24}$|^@[^，。]{2,20}(?:微博|官微)?$"),
        ("telephone", 100, r"^[\s　\W]*(?:新闻|报料|爆料|订报|订阅|发行|广告|投诉|服务|咨询|读者|便民|监督|市民|编辑部|总编室|值班|24小时|本报)*(?:热线|电话|专线|传真|邮箱|信箱|QQ群?)(?:电话)?\s*[:：]?\s*[\d（(].{0,60}$|^[\s　\W]*(?:新闻|报料|爆料|订报|订阅|发行|广告|投诉|读者|便民|市民|24小时|本报)+(?:热线|电话|专线)(?:电话)?\s*[:：]?.{0,12}\d{3,}.{0,40}$"),
        ("imprint", LONGEST, r"^[\s　]*(?:本报|报社)?(?:社址|地址)\s*[:：].{2,60}(?:邮编|邮政编码|电话)|^国内统一(?:连续出版物号|刊号)|^邮发代号|^(?:主管|主办)单位?\s*[:：]"),
        ("technical support", 60, r"^[\s　]*(?:技术支持|制作单位|版面编辑系统|方正|北大方正|访问量|点击数|阅读次数|浏览次数|本文已被浏览)\s*[:：].{0,40}$"),
    ]
    .into_iter()
    .map(|(name, longest, pattern)| (name, longest, Regex::new(pattern).expect("a sound pattern")))
    .collect()
});

/// The rule for notices of whose the text is; they are kept apart rather than thrown away.
pub(crate) const COPYRIGHT: &str = "copyright";

/// The rule by which a line is furniture, if it is.
pub(crate) fn rule_for(line: &str) -> Option<&'static str> {
    let length = line.chars().take(LONGEST_NOTICE + 1).count();
    if length == 0 {
        return None;
    }
    if length <= LONGEST_NOTICE && is_notice(line) {
        return Some(COPYRIGHT);
    }
    RULES
        .iter()
        .find(|(_, longest, pattern)| length <= *longest && pattern.is_match(line))
        .map(|(name, ..)| *name)
}

/// A notice begins like one; a sentence that mentions a right, or an article of a law, does not.
fn is_notice(line: &str) -> bool {
    let words = || line.chars().filter(|c| c.is_alphanumeric() || matches!(c, '©'));
    // What it may begin with begins so: every line of every article is asked.
    let may_open = |c| matches!(c, '版' | '本' | 'C' | 'c' | '©' | '凡' | '未' | '声' | '所');
    if !words().next().is_some_and(may_open) && !line.contains("版权所有") {
        return false;
    }
    let start: String = words().take(24).collect();
    let opens = [
        "版权声明",
        "版权所有",
        "本报版权",
        "本网版权",
        "Copyright",
        "copyright",
        "COPYRIGHT",
        "©",
        "凡本报",
        "凡本网",
        "凡注明",
        "本网站所有内容",
    ];
    if opens.iter().any(|opening| start.starts_with(opening)) {
        return is_ownership_notice(line) || line.contains("转载");
    }
    // These begin sentences of law as well: a newspaper's notice names the newspaper, or reprinting.
    let house =
        || ["本报", "本网", "本站", "报社", "日报", "晚报", "转载"].iter().any(|word| line.contains(word));
    let opens =
        ["未经", "声明", "所有权利", "本报所有", "本报刊"].iter().any(|opening| start.starts_with(opening));
    let short = || line.chars().count() <= 40 && !line.contains(['。', '，', '“']);
    (opens && house() || start.contains("版权所有") && short()) && is_ownership_notice(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quirk_21_furniture_is_told_from_text() {
        for (line, rule) in [
            ("放大 缩小 默认 朗读", "controls"),
            ("3上一篇　下一篇4", "controls"),
            ("放大 缩小 默认", "controls"),
            ("收藏 推荐 剪报 作品", "controls"),
            ("下一篇：沿河书屋开门", "other articles"),
            ("分享到：", "share"),
            ("分享到： 新浪微博 QQ空间 微信", "share"),
            ("移动用户发送SLRB到10658000订阅示例日报手机报", "sms subscription"),
            ("手机短信订阅：发送 SL 至 1066000", "sms subscription"),
            ("短信订阅示例晚报：移动用户发送A到10000，联通用户发送B到20000", "sms subscription"),
            ("订阅手机报，编辑短信SLWB发送到10000，3元/月", "sms subscription"),
            ("用户名：　　密码：　　登录", "login"),
            ("登录 注册", "login"),
            ("欢迎关注示例日报官方微博", "microblog"),
            ("示例晚报官方微博", "microblog"),
            ("示例晚报官方微信：slwb2020", "microblog"),
            ("扫一扫，关注示例晚报微信", "microblog"),
            ("新闻热线：000-12345678", "telephone"),
            ("订报电话 96000　广告热线 000-7654321", "telephone"),
            ("本报地址：示例市河东路1号 邮编：000000", "imprint"),
            ("技术支持：示例公司", "technical support"),
            ("版权声明：本报所有文字、图片，未经授权不得转载。", "copyright"),
            ("未经示例日报社书面授权，不得转载、摘编。", "copyright"),
            ("示例日报社版权所有", "copyright"),
            ("Copyright 2020 示例日报社 All Rights Reserved", "copyright"),
        ] {
            assert_eq!(rule_for(line), Some(rule), "{line}");
        }
        for line in [
            "",
            "本报讯 昨天，市图书馆的夜读灯亮到了十点。",
            "他把“版权所有”四个字抄在本子上，又划掉了。这件事后来成了厂里的笑谈，直到退休那天还有人提起。",
            "登录电子平台的老人越来越多，社区为此办了六期课。",
            "市民拨打热线电话反映，路灯坏了三天。",
            "大雪",
            "短信来的时候，她正在地里摘菜。",
            "编者按：这组文章写的是河边的人。",
            "她在新浪微博上写道：河边的灯又亮了。",
            "社区开通了官方微信，居民在群里报修，当天就有人上门。",
            "市民可下载“河边通”客户端查询班次，也可以到窗口问。",
            "未经著作权人许可，复制、发行其作品的，应当承担民事责任。",
            "声明书上只有一行字：我愿意把书留给学校。",
            "他收到一条短信，说书到了，第二天就去取。",
        ] {
            assert_eq!(rule_for(line), None, "{line}");
        }
    }
}
