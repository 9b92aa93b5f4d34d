"""Names of places, peoples and bodies that transliteration does not find: opening letters in English | Ukrainian | Russian.

A leading "=" requires the whole word in capitals, as in abbreviations, a full stop at the end the whole word.
Adjectives and inhabitants open with the same letters, so one line serves all.
"""

LINES = """
aachen | аахен ахен | ахен
africa | африк =пар | африк =юар
afghan | афган | афган
albania | албан | албан
algeria algiers | алжир | алжир
alaska | аляск | аляск
andes andean | анди анді андам андах андськ анд. | анды андам андах андск анд.
argentin | аргентин | аргентин
athos | афон. афоні афону афоном афонськ | афон. афоне афону афоном афонск
armenia | вірмен | армян армени
arab | араб арав | араб арав
asia | азі | ази азиат
athen | афін афин | афин
austral | австрал | австрал
austria | австрі | австри
azerbaija | азербайдж | азербайдж
balkan transbalkan | балкан трансбалкан | балкан трансбалкан
baltic | балт прибалт | балт прибалт
bangkok | бангкок | бангкок
beijing peking | пекін | пекин
bethlehem | вифлеє віфлеє | вифлее
belarus minsk byeloruss | білорус мінськ | белорус белорусс беларус минск
belgi brussels | бельг брюсс | бельг брюсс
belem | белен | белен
black | чорн | черн
borneo kalimantan | борнео калімантан | борнео калимантан
bospor bosphor | босфор | босфор
brazil | бразил | бразил
brit =uk great kingdom engl scot scotti wales welsh plaid | британ велик англ шотл уельс вельс валлі | британ великобр англ шотл уэльс валли
bulgaria | болгар | болгар
cairo | каїр | каир
caesar | цезар | цезар
cambodia phnom penh | камбодж пномпен | камбодж пномпен
carpath transcarpath subcarpath | карпат закарпат прикарпат | карпат закарпат прикарпат
caucas | кавказ | кавказ
celt keltic | кельт | кельт
ceres | церер | церер
chechen | чечен чечн | чечен чечн
chernobyl chornobyl | чорноб | черноб
china chinese =prc | кита =кнр | кита =кнр
=cia | =цру | =цру
cilicia | кілікі | килики
=cis | =снд | =снг
cologne | кельн | кельн
constance | боден констанц | боден констанц
constanta | констанц | констанц
constantino | константиноп царгород | константиноп царьград
copenhagen | копенг | копенг
crete cretan | крит | крит
crimea | крим кримськотат | крым крымскотат
croat | хорват | хорват
cuba | куба куби кубу кубі кубо кубин | куба кубы кубу кубе кубой кубин
cypr | кіпр | кипр
cyrus | кір. кіра. кіру. кіром. кірові. | кир. кира. киру. киром.
czech prague czechoslovak bohemia | богем чех чеш чесь праг праж празі чськ | богем чех чеш праг праж
danub | дуна | дуна
denmark danish danes dane | данія данії данію даніє данськ данець данц данка данки данку | дания дании данию данией датск датч
dnieper dnipro | дніпр наддніпр | днепр
dutch netherland holland hague amsterdam | нідерланд голланд гааг гааз амстердам | нидерланд голланд гааг амстердам
=ebrd | =єбрр | =ебрр
=ecb | =єцб | =ецб
eden | едем еден | эдем эден
egypt | єгип | егип
elis | елід | элид
eston tallinn | естон ести естів естам естами таллін | эстон эсты эстов эстам эстами таллин
ethiopia | ефіоп | эфиоп
eurasia | євраз | евраз
europ =eu =euro | європ =єс євр | европ =ес евр
eurydic | еврідік | эвридик
=fbi | =фбр | =фбр
=fifa | =фіфа | =фифа
finland finnish finn helsinki | фінл фінс фіни фінів фінам гельсін | финл финс финн финны финов хельсинк
florence florentin | флоренц флорент | флоренц флорент
france french paris | франц франкомов париж паризьк | франц франкоязыч париж
gaza | газ | газ
geneva | женев | женев
genoa genoese | гену | гену
georgia tbilisi | груз джорджія джорджії джорджію джорджіє тбіліс | груз джорджи тбилис
german berlin bundes deutsch | німеч німець німц німке берлін бундес фрн | герман немец немц немк берлин бундес фрг
greece greek athens | грец грек афін | грец греч грек афин
hades | аїд | аид
havana | гаван | гаван
himalaya | гімала | гимала
hong | гонконг | гонконг
hungar budapest | угор угр будапешт | венг будапешт
=iaea | =магате | =магатэ
=icc | =мкс | =мус
iceland reykjav | ісланд рейк | исланд рейк
=imf | =мвф | =мвф
indian indiana | індіан | индиан индейс индейц индеец
indian india delhi hindu hindi | інд делі | инд дели
indus | інд | инд
indonesia jakarta | індонез джакарт | индонез джакарт
=ioc | =мок | =мок
iran persia tehran | іран персі перськ перси персів тегеран | иран персия персии персию персид персы персов тегеран
iraq baghdad | ірак багдад | ирак багдад
ireland irish dublin | ірланд дублін | ирланд дублин
islam muslim moslem | іслам мусульман | ислам мусульман
israel jerusalem jew judea judai hebrew | ізраїл єрусалим євре юде юдаї іврит | израил иерусалим евре иуде иудаи иврит
=iss | =мкс | =мкс
istanbul | стамбул | стамбул
ital rome roman pope papal | італ рим римськ | итал рим
japan tokyo | япон токі | япон токио
ivory ivoir | кот. івуар | кот. ивуар
java javanes | ява. яви. яву. яві. яван | ява. явы. яву. яве. яван
jericho | єрихон | иерихон
jesus | ісус | иисус
jordan | йордан | иордан
kazakh astana | казах астан | казах астан
korea seoul pyongyang =dprk | коре сеул пхеньян =кндр | коре сеул пхеньян =кндр
kosov | косов | косов
kyrgyz | киргиз | киргиз кыргыз
latvi riga | латв латис латвій риг | латв латыш риг
leban beirut | ліван бейрут | ливан бейрут
libya | лівій лівія лівії лівію лівією | ливий ливия ливии ливию ливией
lithuania vilnius | литв литов вільнюс | литв литов вильнюс
lorraine | лотаринг | лотаринг
luhansk lugansk | луганс луганч луганщ | луганс луганч луганщ
luxembourg | люксембург | люксембург
lviv lvov | льв | льв
macedon skopje | македон | македон
mauriti | маврик маврікі | маврик
mecca | мекк мецц | мекк
mediterran | середземн | средиземн
mexic | мексик мехік | мексик мехик
moldova chisinau | молд кишин | молд молдав кишин
blanc. | монблан | монблан
mongol | монгол | монгол
montenegr | чорногор | черногор
morocc | марок | марок
moscow russia kremlin russo =rf | росі россий москв кремл кремль =рф русь русі руськ | росси русь руси русск москв кремл =рф
munich | мюнхен | мюнхен
naples | неап | неап
=nato | =нато | =нато
nile | ніл нільськ | нил нильск
nobel | нобел шнобел | нобел шнобел
norway norweg oslo | норв осло | норв осло
oceania | океані | океани
odessa odesa | одес одещ | одес
=oecd | =оеср | =оэср
olympi | олімпі | олимпи
olomouc | оломоуц | оломоуц
=opec | =опек | =опек
=osce | =обсє | =обсе
ottoman | осман оттоман | осман оттоман
quixot | кіхот | кихот
pakist | пакист | пакист
palatinat | пфальц | пфальц
palestin | палест | палест
parliament | парлам | парлам
peipus chud | чудськ | чудск
philippin filipin manila | філіппін маніл | филиппин манил
poland polish pole warsaw | польщ польс польк поляк варшав | польш польск польк поляк варшав
pope vatican papal | пап понтиф ватикан | пап понтиф ватикан
portug lisbon | португ лісаб лісбон | португ лиссаб
rhine | рейн | рейн
rhodes | родос | родос
rutheni rusyn | руськ русин рутен | русин рутен русск
roman bucharest | рим румун бухарест | рим румын бухарест
scandinav norse | скандинав | скандинав
scyth | скіф | скиф
saudi riyadh | сауд еррі ріяд | сауд эрри рияд
=sbu | =сбу | =сбу
serb belgrade | серб белград | серб белград
seville | севіль севіл | севиль
siberia | сибір | сибир
singapor | сінгапур | сингапур
slovak bratislava | словач словак словац братислав | словац словак братислав
sloven | словен | словен
soviet =ussr | радян =срср | совет =ссср
spain spanish madrid spaniard | іспан мадрид | испан мадрид
stockholm swed | стокгольм швед швец | стокгольм швед швец
svalbard spitsbergen | шпіцберген свальбард | шпицберген свальбард
switz swiss bern zurich | швейцар берн цюрих | швейцар берн цюрих
syria damascus | сирі дамас | сири дамас
taiwan taipei | тайв тайб | тайв тайб
tatar | татар кримськотат | татар крымскотат
thai | таїланд тайськ тайц таєць | таиланд тайск тайц таец
thames | темз | темз
thebes theban | фіви фівах фівам фіванськ фів. | фивы фивах фивам фиванск фив.
thessalonik | салонік фессалонік | салоник фессалоник
thrac | фрак | фрак
tibet | тибет | тибет
texas texan | техас | техас
ural | урал | урал
oaxac | оахак | оахак
transdniestr transnistr | придністр | приднестр
tunis | туніс | тунис
turk ankara | туреч турец турц турч турк турок. тюрк младотур младотурк анкар | турци турец турч турк тюрк турок. младотур туреч анкар
=uae emirat | =оае емірат | =оаэ эмират
=uefa | =уєфа | =уефа
minh. saigon | хошимін сайгон мінь. міня. міню. мінем. | хошимин сайгон минь. миня. миню. минем.
ukrain kyiv kiev donbas =afu | україн київ києв киян донбас =зсу =всу | украин киев киян донбасс =всу
=un =uno nations | =оон об'єднан націй | =оон объединен наци
=unesco | =юнеско | =юнеско
=unicef | =юнісеф | =юнисеф
=us =usa america states washington | =сша америк панамерик сполучен штат вашингтон | =сша америк панамерик соединен штат вашингтон
venice venetia | венец венеці | венец венеци
vienna viennese | відень відн віден | вена вене вену вены веной венск
viet hanoi | в'єтн ханой | вьетн ханой
=who | =вооз | =воз
=wto | =сот | =вто
""".strip().splitlines()
# Words that open like a line of the table and are others, by their own opening letters.
OTHERS = {
    "en": """
    bernard bernad blackb blackp blackw britn britt eliso englew francesc greater greatest industr parish romanc romanch romane romaniu
    romano romant romeo
    scott
    """,
    "uk": """
    азімо балтімо бернад бернар великод газет газов газпр індив індустр кримін критер критик критич кубан литвин нільс папуа поляков рейндж
    рейнол
    римма франциск чехов
    """,
    "ru": """
    азимо балтимо бернад бернар венед венер венесу газет газов газпр делиу делик делил делит индив индустр критер критик критич кубан литвин
    нацио нацис нилов нильс папуа поляков рейндж рейнол римма росси. франциск чернен черни черновц черня чехов
    """,
}
