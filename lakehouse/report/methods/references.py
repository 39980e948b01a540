"""Works that the methods rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Reference:
    """A work.

    Parameters
    ----------
    names : tuple of str
        Family names of its authors, as they are cited; of more than two, the first is enough.
    entry : str
        As it stands in a list of references, without its DOI.
    doi : str
        Empty where it has none.
    """

    names: tuple[str, ...]
    year: int
    entry: str
    doi: str = ""


MANY: Final = "*"
"""Stands for the other authors of three and more."""

REFERENCES: Final[Mapping[str, Reference]] = {
    "allen": Reference(
        ("Allen",),
        1974,
        "Allen, D. M. (1974). The relationship between variable selection and data augmentation "
        "and a method for prediction. Technometrics, 16, 125–127.",
        "10.1080/00401706.1974.10489157",
    ),
    "austin": Reference(
        ("Austin",),
        2009,
        "Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline "
        "covariates between treatment groups in propensity-score matched samples. Statistics in "
        "Medicine, 28, 3083–3107.",
        "10.1002/sim.3697",
    ),
    "benjamini": Reference(
        ("Benjamini", "Hochberg"),
        1995,
        "Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate: a practical "
        "and powerful approach to multiple testing. Journal of the Royal Statistical Society B, "
        "57, 289–300.",
        "10.1111/j.2517-6161.1995.tb02031.x",
    ),
    "bonett": Reference(
        ("Bonett", "Wright"),
        2000,
        "Bonett, D. G., & Wright, T. A. (2000). Sample size requirements for estimating Pearson, "
        "Kendall and Spearman correlations. Psychometrika, 65, 23–28.",
        "10.1007/BF02294183",
    ),
    "brown": Reference(
        ("Brown",),
        1910,
        "Brown, W. (1910). Some experimental results in the correlation of mental abilities. "
        "British Journal of Psychology, 3, 296–322.",
        "10.1111/j.2044-8295.1910.tb00207.x",
    ),
    "cumming": Reference(
        ("Cumming", "Finch"),
        2001,
        "Cumming, G., & Finch, S. (2001). A primer on the understanding, use, and calculation of "
        "confidence intervals that are based on central and noncentral distributions. "
        "Educational and Psychological Measurement, 61, 532–574.",
        "10.1177/0013164401614002",
    ),
    "efron": Reference(
        ("Efron",),
        1987,
        "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American "
        "Statistical Association, 82, 171–185.",
        "10.1080/01621459.1987.10478410",
    ),
    "efron_tibshirani": Reference(
        ("Efron", "Tibshirani"),
        1993,
        "Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.",
    ),
    "fisher": Reference(
        ("Fisher",),
        1921,
        "Fisher, R. A. (1921). On the “probable error” of a coefficient of correlation deduced "
        "from a small sample. Metron, 1, 3–32.",
    ),
    "freedman": Reference(
        ("Freedman", "Lane"),
        1983,
        "Freedman, D., & Lane, D. (1983). A nonstochastic interpretation of reported "
        "significance levels. Journal of Business & Economic Statistics, 1, 292–298.",
        "10.1080/07350015.1983.10509354",
    ),
    "harris": Reference(
        ("Harris", MANY),
        2020,
        "Harris, C. R., Millman, K. J., van der Walt, S. J., et al. (2020). Array programming "
        "with NumPy. Nature, 585, 357–362.",
        "10.1038/s41586-020-2649-2",
    ),
    "hedges": Reference(
        ("Hedges",),
        1981,
        "Hedges, L. V. (1981). Distribution theory for Glass’s estimator of effect size and "
        "related estimators. Journal of Educational Statistics, 6, 107–128.",
        "10.3102/10769986006002107",
    ),
    "hoerl": Reference(
        ("Hoerl", "Kennard"),
        1970,
        "Hoerl, A. E., & Kennard, R. W. (1970). Ridge regression: biased estimation for "
        "nonorthogonal problems. Technometrics, 12, 55–67.",
        "10.1080/00401706.1970.10488634",
    ),
    "holm": Reference(
        ("Holm",),
        1979,
        "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian "
        "Journal of Statistics, 6, 65–70.",
    ),
    "hubert": Reference(
        ("Hubert", "Arabie"),
        1985,
        "Hubert, L., & Arabie, P. (1985). Comparing partitions. Journal of Classification, 2, "
        "193–218.",
        "10.1007/BF01908075",
    ),
    "kartynnik": Reference(
        ("Kartynnik", MANY),
        2019,
        "Kartynnik, Y., Ablavatski, A., Grishchenko, I., & Grundmann, M. (2019). Real-time facial "
        "surface geometry from monocular video on mobile GPUs. arXiv:1907.06724.",
        "10.48550/arXiv.1907.06724",
    ),
    "kendall": Reference(
        ("Kendall",),
        1945,
        "Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika, 33, "
        "239–251.",
        "10.1093/biomet/33.3.239",
    ),
    "kerby": Reference(
        ("Kerby",),
        2014,
        "Kerby, D. S. (2014). The simple difference formula: an approach to teaching "
        "nonparametric correlation. Comprehensive Psychology, 3, 11.IT.3.1.",
        "10.2466/11.IT.3.1",
    ),
    "ledoit": Reference(
        ("Ledoit", "Wolf"),
        2004,
        "Ledoit, O., & Wolf, M. (2004). A well-conditioned estimator for large-dimensional "
        "covariance matrices. Journal of Multivariate Analysis, 88, 365–411.",
        "10.1016/S0047-259X(03)00096-4",
    ),
    "lugaresi": Reference(
        ("Lugaresi", MANY),
        2019,
        "Lugaresi, C., Tang, J., Nash, H., et al. (2019). MediaPipe: a framework for building "
        "perception pipelines. arXiv:1906.08172.",
        "10.48550/arXiv.1906.08172",
    ),
    "ly": Reference(
        ("Ly", "Verhagen", "Wagenmakers"),
        2016,
        "Ly, A., Verhagen, J., & Wagenmakers, E.-J. (2016). Harold Jeffreys’s default Bayes "
        "factor hypothesis tests: explanation, extension, and application in psychology. Journal "
        "of Mathematical Psychology, 72, 19–32.",
        "10.1016/j.jmp.2015.06.004",
    ),
    "mackinnon": Reference(
        ("MacKinnon", "White"),
        1985,
        "MacKinnon, J. G., & White, H. (1985). Some heteroskedasticity-consistent covariance "
        "matrix estimators with improved finite sample properties. Journal of Econometrics, 29, "
        "305–325.",
        "10.1016/0304-4076(85)90158-7",
    ),
    "mcgraw": Reference(
        ("McGraw", "Wong"),
        1996,
        "McGraw, K. O., & Wong, S. P. (1996). Forming inferences about some intraclass "
        "correlation coefficients. Psychological Methods, 1, 30–46.",
        "10.1037/1082-989X.1.1.30",
    ),
    "nichols": Reference(
        ("Nichols", "Holmes"),
        2002,
        "Nichols, T. E., & Holmes, A. P. (2002). Nonparametric permutation tests for functional "
        "neuroimaging: a primer with examples. Human Brain Mapping, 15, 1–25.",
        "10.1002/hbm.1058",
    ),
    "patterson": Reference(
        ("Patterson", "Thompson"),
        1971,
        "Patterson, H. D., & Thompson, R. (1971). Recovery of inter-block information when block "
        "sizes are unequal. Biometrika, 58, 545–554.",
        "10.1093/biomet/58.3.545",
    ),
    "pedregosa": Reference(
        ("Pedregosa", MANY),
        2011,
        "Pedregosa, F., Varoquaux, G., Gramfort, A., et al. (2011). Scikit-learn: machine "
        "learning in Python. Journal of Machine Learning Research, 12, 2825–2830.",
    ),
    "pratt": Reference(
        ("Pratt",),
        1959,
        "Pratt, J. W. (1959). Remarks on zeros and ties in the Wilcoxon signed rank procedures. "
        "Journal of the American Statistical Association, 54, 655–667.",
        "10.1080/01621459.1959.10501526",
    ),
    "raasveldt": Reference(
        ("Raasveldt", "Mühleisen"),
        2019,
        "Raasveldt, M., & Mühleisen, H. (2019). DuckDB: an embeddable analytical database. "
        "Proceedings of the 2019 International Conference on Management of Data, 1981–1984.",
        "10.1145/3299869.3320212",
    ),
    "rouder": Reference(
        ("Rouder", MANY),
        2009,
        "Rouder, J. N., Speckman, P. L., Sun, D., Morey, R. D., & Iverson, G. (2009). Bayesian t "
        "tests for accepting and rejecting the null hypothesis. Psychonomic Bulletin & Review, "
        "16, 225–237.",
        "10.3758/PBR.16.2.225",
    ),
    "rousseeuw": Reference(
        ("Rousseeuw",),
        1987,
        "Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and "
        "validation of cluster analysis. Journal of Computational and Applied Mathematics, 20, "
        "53–65.",
        "10.1016/0377-0427(87)90125-7",
    ),
    "savitzky": Reference(
        ("Savitzky", "Golay"),
        1964,
        "Savitzky, A., & Golay, M. J. E. (1964). Smoothing and differentiation of data by "
        "simplified least squares procedures. Analytical Chemistry, 36, 1627–1639.",
        "10.1021/ac60214a047",
    ),
    "schuirmann": Reference(
        ("Schuirmann",),
        1987,
        "Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the "
        "power approach for assessing the equivalence of average bioavailability. Journal of "
        "Pharmacokinetics and Biopharmaceutics, 15, 657–680.",
        "10.1007/BF01068419",
    ),
    "simonsohn": Reference(
        ("Simonsohn", "Simmons", "Nelson"),
        2020,
        "Simonsohn, U., Simmons, J. P., & Nelson, L. D. (2020). Specification curve analysis. "
        "Nature Human Behaviour, 4, 1208–1214.",
        "10.1038/s41562-020-0912-z",
    ),
    "spearman_1904": Reference(
        ("Spearman",),
        1904,
        "Spearman, C. (1904). The proof and measurement of association between two things. "
        "American Journal of Psychology, 15, 72–101.",
        "10.2307/1412159",
    ),
    "spearman_1910": Reference(
        ("Spearman",),
        1910,
        "Spearman, C. (1910). Correlation calculated from faulty data. British Journal of "
        "Psychology, 3, 271–295.",
        "10.1111/j.2044-8295.1910.tb00206.x",
    ),
    "tibshirani_2001": Reference(
        ("Tibshirani", "Walther", "Hastie"),
        2001,
        "Tibshirani, R., Walther, G., & Hastie, T. (2001). Estimating the number of clusters in a "
        "data set via the gap statistic. Journal of the Royal Statistical Society B, 63, 411–423.",
        "10.1111/1467-9868.00293",
    ),
    "virtanen": Reference(
        ("Virtanen", MANY),
        2020,
        "Virtanen, P., Gommers, R., Oliphant, T. E., et al. (2020). SciPy 1.0: fundamental "
        "algorithms for scientific computing in Python. Nature Methods, 17, 261–272.",
        "10.1038/s41592-019-0686-2",
    ),
    "westfall": Reference(
        ("Westfall", "Young"),
        1993,
        "Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing: examples and "
        "methods for p-value adjustment. Wiley.",
    ),
}
"""By the name that texts have in a place for a citation, in the order of a list of references."""

STUDY: Final = (
    "Souza, R. F., Al-Rob, A. K. H., Müller, T. R., Matias, J. C., Sá Junior, A. R., Pozzebon, E., "
    "& Sobieranski, A. C. Análise de padrões em imagens faciais do dataset MIGMA: busca por "
    "correlações entre expressões faciais e dados clínicos médicos."
)
"""The study whose analysis this is, which bears no date."""
MIGMA: Final = (
    "Matias, J. C., et al. (2021). MIGMA: the facial emotion image dataset for human expression "
    "recognition. In J. M. R. S. Tavares, J. P. Papa, & M. González Hidalgo (Eds.), Progress in "
    "Pattern Recognition, Image Analysis, Computer Vision, and Applications, 153–162. Springer."
)
