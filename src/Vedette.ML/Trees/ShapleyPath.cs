namespace Vedette.ML.Trees;

/// <summary>The features met on the way down a tree, and how many subsets of them let a row through (algorithm 2 of Lundberg et al.).</summary>
internal static class ShapleyPath
{
    /// <summary>One feature of a path.</summary>
    internal struct Element
    {
        public int Feature;

        /// <summary>Share of training rows that follow the path when the feature is unknown.</summary>
        public double Unknown;

        /// <summary>1 if the row follows the path when the feature is known, else 0.</summary>
        public double Known;

        /// <summary>Sum of the weights of the subsets of each size.</summary>
        public double Weight;
    }

    /// <summary>Appends a feature at position <paramref name="length"/>.</summary>
    public static void Extend(Span<Element> path, int length, double unknown, double known, int feature)
    {
        path[length] = new Element { Feature = feature, Unknown = unknown, Known = known, Weight = length == 0 ? 1 : 0 };
        for (int i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += known * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = unknown * path[i].Weight * (length - i) / (length + 1);
        }
    }

    /// <summary>Takes back the extension by element <paramref name="index"/>; <paramref name="last"/> is the last element's position.</summary>
    public static void Unwind(Span<Element> path, int last, int index)
    {
        double known = path[index].Known, unknown = path[index].Unknown;
        double next = path[last].Weight;
        for (int i = last - 1; i >= 0; i--)
        {
            if (known != 0)
            {
                double weight = path[i].Weight;
                path[i].Weight = next * (last + 1) / ((i + 1) * known);
                next = weight - path[i].Weight * unknown * (last - i) / (last + 1);
            }
            else path[i].Weight = path[i].Weight * (last + 1) / (unknown * (last - i));
        }
        for (int i = index; i < last; i++)
            (path[i].Feature, path[i].Unknown, path[i].Known) = (path[i + 1].Feature, path[i + 1].Unknown, path[i + 1].Known);
    }

    /// <summary>Sum of the weights that <see cref="Unwind"/> would leave, without changing the path.</summary>
    public static double UnwoundSum(ReadOnlySpan<Element> path, int last, int index)
    {
        double known = path[index].Known, unknown = path[index].Unknown;
        double next = path[last].Weight, total = 0;
        for (int i = last - 1; i >= 0; i--)
        {
            if (known != 0)
            {
                double weight = next * (last + 1) / ((i + 1) * known);
                total += weight;
                next = path[i].Weight - weight * unknown * (last - i) / (last + 1);
            }
            else if (unknown != 0) total += path[i].Weight / unknown * (last + 1) / (last - i);
        }
        return total;
    }
}
