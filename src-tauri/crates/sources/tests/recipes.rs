//! Recipes: what is wrong with one is said with line and field, what one claims it reads, and nothing breaks it.

use kanbao_newspaper::Date;
use kanbao_sources::{Kind, Reading, Recipe, RecipeProblem, Sources};
use proptest::prelude::*;
use url::Url;

/// A recipe around some lines of its own.
fn with(lines: &str) -> String {
    format!("format = 1\nname = \"river\"\nrevision = 1\n{lines}")
}

const CLAIMS: &str = "[claims]\nhosts = [\"a.example\"]\n";

fn problems(text: &str) -> Vec<RecipeProblem> {
    Recipe::parse(text).err().unwrap_or_default()
}

fn sources(lines: &str) -> Sources {
    let text = with(lines);
    let recipe = Recipe::parse(&text).unwrap_or_else(|problems| panic!("{text}: {problems:#?}"));
    Sources::with(vec![recipe])
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn rule<'r>(reading: &'r Reading, field: &str) -> &'r kanbao_sources::Rule {
    let found = reading.rules.iter().find(|rule| rule.field == field);
    found.unwrap_or_else(|| panic!("no rule for {field}: {:#?}", reading.rules))
}

#[test]
fn what_is_wrong_is_said_with_line_and_field() {
    let page = "[page]\nwhen = \"#x\"\n";
    for (lines, line, field, words) in [
        (format!("{CLAIMS}{page}number = \"h2..no\""), 8, "page.number", "no CSS selector"),
        (
            format!("{CLAIMS}{page}number = {{ css = \"h2\", pattern = '(' }}"),
            8,
            "page.number.pattern",
            "no pattern",
        ),
        (format!("{CLAIMS}{page}nummer = \"h2\""), 8, "page.nummer", "there is no such field here"),
        (format!("{CLAIMS}{page}number = 7"), 8, "page.number", "a way is a selector"),
        (format!("{CLAIMS}{page}number = []"), 8, "page.number", "empty"),
        (
            format!("{CLAIMS}{page}number = {{ css = \"a\", from = \"address\" }}"),
            8,
            "page.number",
            "one of css, from and value",
        ),
        (format!("{CLAIMS}{page}number = {{ from = \"heaven\" }}"), 8, "page.number.from", "neither"),
        (format!("{CLAIMS}{page}number = {{ from = \"markup\" }}"), 8, "page.number.from", "needs a pattern"),
        (format!("{CLAIMS}{page}frame = [350]"), 8, "page.frame", "width and height"),
        (
            format!("{CLAIMS}{page}[page.regions]\ncoords = {{ attr = \"x\" }}"),
            8,
            "page.regions.each",
            "missing",
        ),
        (format!("{CLAIMS}[page]\nnumber = \"h2\""), 6, "page", "nothing tells a document of this kind"),
        (format!("{CLAIMS}[article]\nwhen = \"#x\"\nheadline = \"h1\""), 6, "article.body", "missing"),
        (
            format!("{CLAIMS}[article]\nwhen = \"#x\"\nbody = {{ value = \"x\" }}"),
            6,
            "article",
            "selectors only",
        ),
        (format!("{CLAIMS}{page}[calendar]\nwhen = \"#c\""), 8, "calendar", "either each"),
        (
            format!("{CLAIMS}{page}[addresses]\nissue = \"/{{paper}}/{{year}}\""),
            9,
            "addresses.issue",
            "{paper} is no part",
        ),
        (format!("{CLAIMS}{page}[addresses]\nissue = \"/{{year\""), 9, "addresses.issue", "has no }"),
        (
            format!("{CLAIMS}{page}[addresses]\nentry = \"/{{year}}\""),
            9,
            "addresses.entry",
            "{year} is no part",
        ),
        (
            format!("{CLAIMS}{page}[[example]]\nfile = \"../x\"\nurl = \"http://a.example/\"\nexpect = {{}}"),
            9,
            "example.file",
            "below",
        ),
        (
            format!("{CLAIMS}{page}[[example]]\nfile = \"x\"\nurl = \"ftp://a\"\nexpect = {{}}"),
            10,
            "example.url",
            "no web address",
        ),
        (format!("charset = \"klingon\"\n{CLAIMS}{page}"), 4, "charset", "none of"),
        (format!("charset = \"gbk\"\n[claims]\nselectors = [\"#x\"]\n{page}"), 4, "charset", "claim hosts"),
        (format!("{CLAIMS}{page}[politeness]\npause = -1"), 9, "politeness.pause", "0 to 60"),
        (format!("{CLAIMS}{page}[politeness]\nat_once = 0"), 9, "politeness.at_once", "1 up"),
        (format!("[claims]\nhosts = [\"http://a.example/\"]\n{page}"), 5, "claims.hosts", "no host"),
        (format!("[claims]\n{page}"), 4, "claims", "claims nothing"),
        (page.to_owned(), 1, "claims", "missing"),
        (CLAIMS.to_owned(), 1, "page", "missing"),
        (format!("{CLAIMS}[page]\nwhen = \"unclosed\n"), 7, "", "no TOML"),
    ] {
        let text = with(&lines);
        let found = problems(&text);
        let right = |problem: &RecipeProblem| {
            problem.line == line && problem.field == field && problem.problem.contains(words)
        };
        assert!(found.iter().any(right), "{text}\nwanted {line} {field:?} {words:?}, found {found:#?}");
    }
    for (text, field) in [
        ("name = \"x\"\nrevision = 1", "format"),
        ("format = 2\nname = \"x\"", "format"),
        ("format = 1\nname = \"A b\"\nrevision = 1", "name"),
        ("format = 1\nname = \"founder-classic\"\nrevision = 1", "name"),
        ("format = 1\nname = \"x\"\nrevision = 1.5", "revision"),
    ] {
        assert!(problems(text).iter().any(|problem| problem.field == field), "{text}");
    }
}

#[test]
fn every_mistake_is_named_at_once() {
    let text = with(&format!("{CLAIMS}[page]\nwhen = \"p..x\"\nnumber = \"h2..y\"\nwhat = 1\n"));
    let found = problems(&text);
    let fields: Vec<&str> = found.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["page.when", "page.number", "page.what"]);
    assert_eq!(found[0].to_string().split(": ").next(), Some("7:8"));
}

#[test]
fn recipes_have_limits() {
    let page = |number: &str| with(&format!("{CLAIMS}[page]\nwhen = \"#x\"\nnumber = {number}\n"));
    let list = |item: String, count: usize| format!("[{}]", vec![item; count].join(","));
    for (text, words) in [
        (page(&format!("\"{}\"", "a".repeat(301))), "300"),
        (page("\"a:not(:is(:not(b)))\""), "nested deeper than 2"),
        (page("\"a:has(b):has(c)\""), ":has"),
        (page(&format!("{{ css = \"a\", pattern = '{}' }}", "a".repeat(1_001))), "1000"),
        (page("{ css = \"a\", pattern = '(?:a{1000}){1000}' }"), "needs more than"),
        (
            page(&format!("{{ css = \"a\", pattern = '{}a{}' }}", "(".repeat(60), ")".repeat(60))),
            "no pattern",
        ),
        (page(&list("\"a\"".to_owned(), 13)), "at most 12"),
        (with(&format!("notes = \"{}\"\n{CLAIMS}[page]\nwhen = \"#x\"", "a".repeat(2_001))), "at most 2000"),
        (
            with(&format!(
                "[claims]\nhosts = {}\n[page]\nwhen = \"#x\"",
                list("\"a.example\"".to_owned(), 51)
            )),
            "at most 50",
        ),
        (format!("#{}", "x".repeat(300_000)), "at most"),
    ] {
        let found = problems(&text);
        assert!(found.iter().any(|problem| problem.problem.contains(words)), "{words}: {found:#?}");
    }
    // A text that is nested without end is refused, not followed.
    assert!(!problems(&with(&format!("x = {}", "[".repeat(100_000)))).is_empty());
    assert!(!problems(&with(&format!("x = {}1{}", "{a=".repeat(50_000), "}".repeat(50_000)))).is_empty());
}

const PAGE: &str = "<html><head><title>示例日报</title></head><body><h2>第01版：要闻</h2><img usemap=#m width=100 height=200 src=b.jpg>\
    <map name=m><area shape=rect coords=0,0,50,100 href=/s/1.html></map><a id=pageLink href=node_1.htm>第01版：要闻</a></body></html>";

#[test]
fn recipes_come_before_the_coded_families_and_the_rest_goes_on() {
    let here = url("http://a.example/html/2026-11/24/node_1.htm");
    assert_eq!(Sources::default().read(&here, PAGE).family.unwrap().as_str(), "founder-classic");
    let lines = format!("{CLAIMS}[page]\nwhen = \"h2\"\nlabel = \"h2\"\n");
    let ours = sources(&lines).read(&here, PAGE);
    assert_eq!((ours.kind, ours.family.unwrap().as_str()), (Kind::Page, "river"));
    assert_eq!(ours.page.unwrap().number, "01");
    // Another host is none of its business.
    let elsewhere = url("http://b.example/html/2026-11/24/node_1.htm");
    let other = sources(&lines).read(&elsewhere, PAGE);
    assert_eq!(other.family.unwrap().as_str(), "founder-classic");
    assert!(!other.rules.iter().any(|rule| rule.field == "claims"));
    // What it claims and does not know, the coded families read; what was looked for is told.
    let unknown = sources(&format!("{CLAIMS}[page]\nwhen = \"#no\"\n")).read(&here, PAGE);
    assert_eq!(unknown.family.unwrap().as_str(), "founder-classic");
    let first = unknown.rules.iter().find(|rule| rule.field == "page.when").unwrap();
    assert!(!first.matched);
}

#[test]
fn a_site_may_be_told_by_what_stands_in_its_documents() {
    let lines = "[claims]\nselectors = [\"#mast\"]\n[page]\nwhen = \"h2\"\n";
    let here = url("http://anywhere.example/");
    let with_mast = PAGE.replace("<h2>", "<div id=mast></div><h2>");
    assert_eq!(sources(lines).read(&here, &with_mast).family.unwrap().as_str(), "river");
    assert_eq!(sources(lines).read(&here, PAGE).family.unwrap().as_str(), "founder-classic");
}

#[test]
fn each_field_says_which_way_matched_and_what_the_others_saw() {
    let lines = format!(
        "{CLAIMS}[page]\nwhen = \"h2\"\nnumber = [\"h1\", {{ css = \"h2\", pattern = '版(\\d)' }}, {{ css = \"h2\", pattern = '第(\\d+)版' }}]\n"
    );
    let reading = sources(&lines).read(&url("http://a.example/x"), PAGE);
    let ways: Vec<_> = reading
        .rules
        .iter()
        .filter(|rule| rule.field == "page.number" && rule.rule.starts_with('h'))
        .map(|rule| (rule.rule.as_str(), rule.matched, rule.saw.as_deref()))
        .collect();
    assert_eq!(
        ways,
        [
            ("h1", false, None),
            (r"h2 ~ 版(\d)", false, Some("第01版：要闻")),
            (r"h2 ~ 第(\d+)版", true, Some("01")),
        ]
    );
    assert_eq!(reading.page.unwrap().number, "01");
}

#[test]
fn regions_are_measured_as_the_recipe_says() {
    let boxed = |frame: &str, shape: &str, coords: &str| {
        let lines = format!(
            "{CLAIMS}[page]\nwhen = \"i\"\nframe = {frame}\n[page.regions]\neach = \"i\"\nshape = {shape}\ncoords = {{ attr = \"style\" }}\n"
        );
        let markup = format!("<i href=/1 style=\"{coords}\"></i>");
        let reading = sources(&lines).read(&url("http://a.example/x"), &markup);
        let regions = reading.page.unwrap().regions(None).regions;
        let corners = |region: &kanbao_sources::Region| {
            region.polygon.corners().iter().map(|corner| [corner.x, corner.y]).collect::<Vec<_>>()
        };
        regions.iter().map(corners).collect::<Vec<_>>()
    };
    let quarter = vec![vec![[0.25, 0.5], [0.5, 0.5], [0.5, 1.0], [0.25, 1.0]]];
    assert_eq!(boxed("\"percent\"", "\"box\"", "left:25%;top:50%;width:25%;height:50%"), quarter);
    assert_eq!(boxed("\"fraction\"", "\"rect\"", ".25 .5 .5 1"), quarter);
    assert_eq!(
        boxed("[400, 800]", "\"polygon\"", "[{x:100,y:400},{x:200,y:400},{x:200,y:800},{x:100,y:800}]"),
        quarter
    );
    assert_eq!(boxed("[400, 800]", "\"rect\"", "null"), Vec::<Vec<[f64; 2]>>::new());
}

#[test]
fn regions_that_lead_nowhere_are_said() {
    let lines = format!(
        "{CLAIMS}[page]\nwhen = \"map\"\nframe = [100, 100]\n[page.regions]\neach = \"area\"\n[article]\naddress = '/s/\\d+'\nbody = \"p\"\n"
    );
    let markup = "<map><area coords=0,0,50,50 href=/s/1><area coords=0,0,50,50 href=/s/1><area coords=1,1,9,9 href=/ad><area coords=1,1,9,9><area coords=null href=/s/2 title=广告></map>";
    let reading = sources(&lines).read(&url("http://a.example/x"), markup);
    let page = reading.page.unwrap();
    let articles: Vec<_> =
        page.articles.iter().map(|link| (link.url.path(), link.headline.as_str())).collect();
    assert_eq!((page.areas.len(), articles), (1, vec![("/s/2", "广告"), ("/s/1", "")]));
    for words in ["is there twice", "which is no article", "leads nowhere", "has no coordinates"] {
        assert!(
            reading.warnings.iter().any(|warning| warning.contains(words)),
            "{words}: {:?}",
            reading.warnings
        );
    }
}

#[test]
fn links_are_found_by_words_and_by_the_recipe() {
    let lines =
        format!("{CLAIMS}[page]\nwhen = \"b\"\n[links]\nnext_issue = {{ css = \"a\", words = '^后天$' }}\n");
    let markup = "<b></b><a href=/1>明天</a><a href=/2>后天</a><a href=/3>下一版</a>";
    let links = sources(&lines).read(&url("http://a.example/x"), markup).links;
    assert_eq!(links.next_issue.unwrap().path(), "/2");
    assert_eq!(links.next_page.unwrap().path(), "/3");
}

#[test]
fn addresses_are_taken_apart_and_made() {
    let lines = format!(
        "{CLAIMS}[page]\naddress = '/(?<paper>\\w+)/(?<year>\\d\\d)-(?<month>\\d\\d?)-(?<day>\\d\\d?)/p(?<page>\\d+)'\n\
         [addresses]\nissue = [\"/{{paper}}/{{yy}}-{{m}}-{{d}}/p1\", \"../{{year}}{{month}}{{day}}/\"]\ncalendar = \"/{{paper}}/{{year}}-{{month}}.js\"\nentry = \"/{{paper}}/\"\n"
    );
    let sources = sources(&lines);
    let known = url("http://a.example/slrb/26-1-2/p3");
    assert_eq!(sources.address_date(&known), Some(Date::constant(2026, 1, 2)));
    assert!(sources.names_an_issue(&known));
    assert_eq!(sources.publication_id(&known), "slrb");
    let strings = |urls: Vec<Url>| urls.into_iter().map(String::from).collect::<Vec<_>>();
    assert_eq!(
        strings(sources.issue_urls(&known, Date::constant(2025, 12, 31))),
        ["http://a.example/slrb/25-12-31/p1", "http://a.example/slrb/20251231/"]
    );
    assert_eq!(strings(sources.calendar_urls(&known, 2025, 3)), ["http://a.example/slrb/2025-03.js"]);
    assert_eq!(sources.entry_urls(&known)[0].as_str(), "http://a.example/slrb/");
    // Another host's address of the same shape is left to the program's own ways.
    assert_eq!(sources.address_date(&url("http://b.example/slrb/26-1-2/p3")), None);
}

#[test]
fn calendars_are_elements_or_patterns() {
    let page = "[page]\naddress = '/(?<year>\\d{4})/(?<month>\\d\\d)/(?<day>\\d\\d)/'\n";
    let here = url("http://a.example/cal/2026-11");
    let days = |lines: &str, markup: &str| {
        let reading = sources(&format!(
            "{CLAIMS}{page}[calendar]\naddress = '/cal/(?<year>\\d{{4}})-(?<month>\\d\\d)'\n{lines}"
        ))
        .read(&here, markup);
        assert_eq!(reading.kind, Kind::Calendar);
        let days: Vec<String> = reading.issues.iter().map(|issue| issue.date.to_string()).collect();
        (days, reading.warnings.len())
    };
    let expected = || vec!["2026-11-02".to_owned(), "2026-11-24".to_owned()];
    let links = "<a href=/2026/11/24/1.html>24</a><a href=/2026/11/02/1.html>2</a><a href=/2026/10/31/1.html>31</a><a href=/x>x</a>";
    assert_eq!(days("each = \"a\"", links), (expected(), 1));
    assert_eq!(
        days("each = \"a\"\ndate = { pattern = '^(?<day>\\d+)$' }", "<a>2</a><a>24</a><a>99</a>"),
        (expected(), 0)
    );
    assert_eq!(days("pattern = '\"(?<day>\\d\\d)\"'", "[\"24\",\"02\"]"), (expected(), 0));
}

#[test]
fn bodies_leave_out_what_the_recipe_says() {
    let lines = format!(
        "{CLAIMS}[article]\nwhen = \".text\"\nheadline = \"h1\"\nbody = \".text\"\nleft_out = \".ad\"\ncaptions = \".said\"\npictures = \".photo\"\n"
    );
    let markup = "<h1>新桥<br>通车</h1><div class=photo><img src=1.jpg><q class=said>桥上的人</q></div><div class=text><p>第一段。</p><p class=ad>买一送一。</p><p>第二段。</p></div>";
    let reading = sources(&lines).read(&url("http://a.example/x"), markup);
    let article = reading.article.clone().unwrap().article;
    assert_eq!(article.decks.headline, "新桥\n通车");
    assert_eq!(article.body(), "第一段。\n第二段。");
    let kanbao_newspaper::Block::Picture { url, caption } = &article.blocks[0] else { panic!("{article:?}") };
    assert_eq!((url.as_str(), caption.as_str()), ("http://a.example/1.jpg", "桥上的人"));
    assert!(rule(&reading, "article.body").matched);
}

#[test]
fn a_printed_date_counts_over_the_addresss() {
    let lines = format!(
        "{CLAIMS}[printed]\ndate = \"em\"\n[page]\naddress = '/(?<year>\\d{{4}})(?<month>\\d\\d)(?<day>\\d\\d)'\n"
    );
    let reading = sources(&lines).read(&url("http://a.example/20261125"), "<em>2026年11月24日</em>");
    assert_eq!(reading.date, Some(Date::constant(2026, 11, 24)));
    assert!(reading.warnings.iter().any(|warning| warning.contains("its address 2026-11-25")));
}

#[test]
fn documents_that_are_made_to_cost_much_cost_little() {
    let lines = format!(
        "{CLAIMS}[page]\nwhen = \"div, i\"\nnumber = {{ css = \"div\", pattern = '^x$' }}\nname = {{ css = \"div div\", words = '^x$' }}\n\
         [pages]\neach = \"div, i\"\nlink = {{ css = \"div\", attr = \"id\" }}\nlabel = {{}}\n\
         [page.regions]\neach = \"div, i\"\nlink = {{ from = \"markup\", pattern = '(a+)+$' }}\n\
         [page.articles]\neach = \"div, i\"\nlink = {{ attr = \"id\" }}\n\
         [article]\naddress = '/s/'\nbody = \"div\"\nleft_out = \"div div div p\"\n"
    );
    let sources = sources(&lines);
    let many = 2_000;
    for markup in [
        format!("{}{}", "<div id=a>".repeat(many), "甲乙丙丁".repeat(500_000)),
        format!("{}{}", "<div id=a>甲".repeat(many), "<p>乙</p>".repeat(20_000)),
        "<i id=/s/1>甲</i>".repeat(50_000),
        "a".repeat(3_000_000),
    ] {
        for address in ["http://a.example/p/1", "http://a.example/s/1"] {
            let start = std::time::Instant::now();
            let _ = sources.read(&url(address), &markup);
            let took = start.elapsed();
            assert!(took < std::time::Duration::from_secs(30), "{took:?}: {}", &markup[..20]);
            println!("{took:?} {address} {}", markup.chars().take(20).collect::<String>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_the_reader_of_recipes(text in "\\PC{0,400}") {
        let _ = Recipe::parse(&text);
        let _ = Recipe::parse(&with(&text));
    }

    #[test]
    fn no_value_breaks_a_field(
        field in prop::sample::select(vec!["number", "label", "picture", "frame", "regions", "address", "when", "pdf"]),
        value in prop::sample::select(vec!["1", "-1.5e300", "nan", "true", "\"\"", "[]", "{}", "[[]]", "2026-11-24", "{ css = 1 }", "{ pattern = 'x' }", "[{}, {}]", "{ attr = [] }", "0x10"]),
    ) {
        let _ = Recipe::parse(&with(&format!("{CLAIMS}[page]\nwhen = \"b\"\n{field} = {value}\n")));
    }

    #[test]
    fn no_document_breaks_a_recipe(markup in "(<[a-z]{1,5}( [a-z]{1,6}=[^>]{0,12})?>|\\PC{0,10}|</[a-z]{1,4}>){0,40}") {
        for (_, text) in kanbao_sources::built_in_texts() {
            let host = text.lines().find(|line| line.starts_with("hosts")).and_then(|line| line.split('"').nth(1)).unwrap();
            let here = url(&format!("http://{host}/Html/2026-11-24/x"));
            let _ = Sources::default().read(&here, &markup);
        }
    }
}
